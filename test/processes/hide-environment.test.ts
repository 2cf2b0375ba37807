import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const module = join(import.meta.dirname, "..", "..", "src", "processes", "hide-environment.ts");

/** Runs lines in a process that has hidden the variables of this environment, all `KEPT_*` for itself. */
function hidden(lines: string, env: Readonly<Record<string, string>>): unknown {
  const code = `import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hideEnvironment } from ${JSON.stringify(module)};
const problem = hideEnvironment(/^KEPT_/);
const child = (code) => JSON.parse(execFileSync(process.execPath, ["-e", "console.log(JSON.stringify(" + code + "))"], { maxBuffer: 1e8 }));
console.log(JSON.stringify((() => { ${lines} })()));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    env: { PATH: process.env["PATH"] ?? "", ...env },
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

/** What a runner's environment may hold: much, long, with lines and names that no shell takes. */
const large = {
  ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`MANY_${index}`, "x".repeat(3_000)])),
  LONG: "y".repeat(120_000),
  LINES: "a\nb=c\n",
  EMPTY: "",
  LETTERS: "größer 模型",
  "NOT-FOR-SHELLS": "1",
};

describe.runIf(process.platform === "linux")("a process that hides its environment", () => {
  it.each([
    ["a small", {}],
    ["a large", large],
  ])("leaves nothing of %s one to read in /proc, for itself or its children", (_, env) => {
    const lines = `const own = readFileSync("/proc/self/environ");
      const read = child('require("node:fs").readFileSync("/proc/" + process.ppid + "/environ", "latin1").replaceAll("\\\\0", "")');
      return { problem, own: own.toString("latin1").replaceAll("\\0", ""), read };`;
    expect(hidden(lines, { ...env, SECRET: "planted", KEPT_SECRET: "planted too" })).toEqual({ own: "", read: "" });
  });

  it("gives its children every variable as it was, but for those that it keeps", () => {
    const env = { ...large, KEPT_SECRET: "planted" };
    const { children, kept, listed } = hidden(
      'return { children: child("process.env"), kept: process.env.KEPT_SECRET, listed: { ...process.env } };',
      env,
    ) as Record<string, unknown>;
    const expected = { ...large, PATH: process.env["PATH"] };
    expect(children).toEqual(expected);
    expect(listed).toEqual(expected);
    expect(kept).toBe("planted");
  });

  it("can still be given variables", () => {
    const lines = `process.env.KEPT_A = "1"; process.env.NEW = "2"; delete process.env.GONE;
      const { KEPT_A, NEW, GONE } = child("process.env"); return { KEPT_A, NEW, GONE, own: process.env.KEPT_A };`;
    expect(hidden(lines, { KEPT_A: "0", GONE: "0" })).toEqual({ NEW: "2", own: "1" });
  });
});
