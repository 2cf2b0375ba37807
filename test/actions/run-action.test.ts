import { describe, expect, it } from "vitest";
import { runStep } from "./step.ts";

/** An action whose work is these lines. */
const failing = (lines: string) =>
  runStep({
    code: `import { runAction } from "#/actions/runtime/run-action.ts";
import * as errors from "#/src/errors/errors.ts";
await runAction(async () => { ${lines} });`,
  });

const diagnostic = (line: number, path: string, message: string) =>
  JSON.stringify({ position: { file: ".github/assay.yml", line, column: 7 }, path, message, fix: "Write binary." });

describe("the failure boundary of an action", () => {
  it("lets a step that ends well be green", () => {
    expect(failing("console.log('done');")).toMatchObject({ status: 0, stdout: "done\n", commands: [] });
  });

  it("marks every mistake of assay.yml at its place, and exits with 2", () => {
    const { status, commands } = failing(
      `throw new errors.ConfigError([${diagnostic(3, "models.a.task", '"binry" is not a task.')}, ${diagnostic(9, "models.b.task", "100% wrong, really:\n::error::no")}]);`,
    );
    expect(status).toBe(2);
    expect(commands.map(({ name }) => name)).toEqual(["error", "error", "error"]);
    expect(commands[0]).toEqual({
      name: "error",
      properties: { title: "models.a.task", file: ".github/assay.yml", line: "3", col: "7" },
      message: '"binry" is not a task. Write binary.',
    });
    expect(commands[1]).toMatchObject({
      properties: { title: "models.b.task", line: "9" },
      message: "100% wrong, really:\n::error::no Write binary.",
    });
    expect(commands[2]?.message).toMatch(/^\.github\/assay\.yml:3:7 models\.a\.task: [\s\S]*:9:7 models\.b\.task: /);
  });

  it.each([
    ["UsageError", 2],
    ["MissingDataError", 3],
    ["GitHubError", 4],
    ["UserCommandError", 5],
  ])("ends with the exit code of %s, %i, and its message alone", (name, code) => {
    const { status, stdout, stderr, commands } = failing(`throw new errors.${name}("What to mend.");`);
    expect(status).toBe(code);
    expect(commands).toEqual([{ name: "error", properties: {}, message: "What to mend." }]);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  it.each(["new TypeError('x is undefined')", "'a string'", "undefined", "null"])(
    "calls anything else a bug and exits with 70: %s",
    (thrown) => {
      const { status, commands } = failing(`throw ${thrown};`);
      expect(status).toBe(70);
      expect(commands).toHaveLength(1);
      expect(commands[0]?.message).toMatch(/^This is a bug in Assay, please report it: /);
    },
  );

  it("shows where a bug happened", () => {
    expect(failing("throw new TypeError('x is undefined');").commands[0]?.message).toMatch(/TypeError: x is undefined\n\s+at /);
  });
});
