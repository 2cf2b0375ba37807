import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface ComposedMachine {
  gpus?: string;
  processes?: string;
  list?: string;
  exitCode?: number;
  /** Commands before anything is said. */
  first?: string;
}

/** A program that answers as nvidia-smi is documented to. */
export function composeNvidiaSmi({ gpus = "", processes = "", list = "", exitCode = 0, first = "" }: ComposedMachine) {
  const folder = mkdtempSync(join(tmpdir(), "assay-gpu-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ gpus, processes, list })) writeFileSync(join(folder, name), text);
  const program = join(folder, "nvidia-smi");
  writeFileSync(
    program,
    `#!/bin/sh\n${first}\ncase "$1" in --query-gpu=*) cat ${folder}/gpus ;; --query-compute-apps=*) cat ${folder}/processes ;; -L) cat ${folder}/list ;; esac\nexit ${exitCode}\n`,
  );
  chmodSync(program, 0o755);
  return program;
}
