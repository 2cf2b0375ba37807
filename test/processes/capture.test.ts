import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { NoAnswerError } from "../../src/processes/processes.ts";

const { capture } = createNodeProcesses();

describe("capturing a program's output", () => {
  it("gives bytes, errors and exit code apart", async () => {
    const captured = await capture("sh", ["-c", "printf '\\377\\000'; echo wrong >&2; exit 4"]);
    expect(captured).toEqual({ exitCode: 4, stdout: Buffer.from([255, 0]), stderr: "wrong\n" });
  });

  it("passes arguments on without a shell", async () => {
    const hostile = "$(touch x) `id` ; 'a' \"b\" *";
    expect((await capture("printf", ["%s", hostile])).stdout.toString()).toBe(hostile);
  });

  it("gives input, environment and folder", async () => {
    const captured = await capture("sh", ["-c", "cat; echo $NAME; pwd"], { cwd: "/", input: "in ", env: { NAME: "value" } });
    expect(captured.stdout.toString()).toBe("in value\n/\n");
  });

  it("does not mind a program that leaves its input unread", async () => {
    expect((await capture("true", [], { input: "x".repeat(10_000_000) })).exitCode).toBe(0);
  });

  it("reports a signal as shells do", async () => {
    expect((await capture("sh", ["-c", "kill -TERM $$"])).exitCode).toBe(128 + 15);
  });

  it("keeps the end of a long error output", async () => {
    const { stderr } = await capture("sh", ["-c", "(head -c 5000000 /dev/zero | tr '\\0' x; echo the end) >&2"]);
    expect(stderr.length).toBe(1024 * 1024);
    expect(stderr.endsWith("the end\n")).toBe(true);
  });

  it("refuses more output than its limit, and ends the program", async () => {
    await expect(capture("yes", [], { maxBytes: 1000 })).rejects.toThrow(/^yes wrote more than 1000 bytes/);
  });

  it("is given up when the answer is no longer wanted", async () => {
    const signal = AbortSignal.timeout(100);
    await expect(capture("sleep", ["600"], { signal })).rejects.toThrow("`sleep 600` was no longer wanted.");
    await expect(capture("sleep", ["600"], { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(NoAnswerError);
  });

  it("names a program that is not there", async () => {
    const attempt = capture("no-such-program", ["--version"]);
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow("The program `no-such-program` was not found. Install it, or add its folder to PATH.");
  });

  it("names a folder that is not there", async () => {
    await expect(capture("true", [], { cwd: "/nonexistent" })).rejects.toThrow(
      "true was to run in /nonexistent, which is not a folder.",
    );
  });
});
