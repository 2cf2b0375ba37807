import { expect, it } from "vitest";
import { runStep } from "./step.ts";

const run = (work: string) =>
  runStep({
    code: `import { runAction } from "#/actions/runtime/run-action.ts";
import { withUntrustedOutput } from "#/actions/runtime/untrusted-output.ts";
await runAction(() => withUntrustedOutput("Train fraud", async () => { ${work} }));
console.log("::notice::after");`,
  });

/** The log cut at the word that makes the runner take commands again. */
function partsOf(stdout: string) {
  const token = /^::stop-commands::(\S+)$/m.exec(stdout)?.[1] ?? "";
  const [before = "", rest = ""] = stdout.split(`::stop-commands::${token}\n`);
  const [inside = "", after = ""] = rest.split(`\n::${token}::\n`);
  return { token, before, inside, after };
}

it("takes no command from what the repository's own programs print, and takes them again afterwards", () => {
  const { status, stdout } = run(`process.stdout.write("::error::forged\\n::add-mask::a\\nno line end");`);
  const { before, inside, after, token } = partsOf(stdout);
  expect(status).toBe(0);
  expect(token.length).toBeGreaterThanOrEqual(32);
  expect(before).toBe("::group::Train fraud\n");
  expect(inside).toBe("::error::forged\n::add-mask::a\nno line end");
  expect(after).toBe("::endgroup::\n::notice::after\n");
});

it("uses another word each time, so that no program can know it", () => {
  expect(partsOf(run("").stdout).token).not.toBe(partsOf(run("").stdout).token);
});

it("takes commands again when the work fails, so that the failure is seen", () => {
  const { status, stdout } = run(`throw new TypeError("broken");`);
  expect(status).toBe(70);
  expect(partsOf(stdout).after).toMatch(/^::endgroup::\n::error::This is a bug in Assay/);
});
