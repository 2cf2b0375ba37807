/** Regenerates everything and wants the work tree to be as it was: new, changed and missing files all count. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const status = () =>
  execFileSync("git", ["status", "--porcelain", "--", "dist", "docs", "actions"], { cwd: root, encoding: "utf8" });

const before = status();
execFileSync(process.execPath, [join(root, "scripts", "generate.ts")], { cwd: root, stdio: "inherit" });
const after = status();
if (after !== before) {
  process.stderr.write(`Generated files are not fresh. Run \`npm run generate\` and commit:\n${after}`);
  process.exitCode = 1;
}
