import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { skipWithout } from "../requirements.ts";

const python = resolve(".cache/gto/bin/python");
const script = join(import.meta.dirname, "ask-gto.py");

/** Whether tests beside the real GTO are to be skipped here. */
export const withoutGto = skipWithout(
  "gto",
  "what GTO itself reads and writes",
  existsSync(python) ? undefined : "GTO is not installed here: run `bash .ci/python-tool.sh gto`, which needs Python.",
);

/** Runs the script beside this file in GTO's Python. */
export function gto(args: readonly string[], input = ""): string {
  return execFileSync(python, [script, ...args], { encoding: "utf8", input, maxBuffer: 1 << 28 });
}
