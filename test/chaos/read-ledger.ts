import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Decision, decisionSchema } from "../../src/ledger/decision.ts";

/** Whatever lies on the ledger branch. */
export function readLedger(gitFolder: string): readonly Decision[] {
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", gitFolder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  if (!existsSync(join(gitFolder, "refs/heads/assay-ledger"))) return [];
  const paths = git("ls-tree", "-r", "--name-only", "assay-ledger")
    .split("\n")
    .filter((path) => path !== "");
  return paths.flatMap((path) => decisionSchema.safeParse(JSON.parse(git("show", `assay-ledger:${path}`))).data ?? []);
}
