import { describe, expect, it } from "vitest";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";

const { capture, converse } = createNodeProcesses();

describe("a conversation with a program", () => {
  it("reads lines and bytes, however the pieces come", async () => {
    const program = converse("cat", []);
    const long = "x".repeat(300_000);
    program.send("one\ntw");
    expect(await program.line()).toBe("one");
    const second = program.line();
    program.send(`o\n${long}`);
    expect(await second).toBe("two");
    expect((await program.bytes(long.length)).toString()).toBe(long);
    program.send("\nend\n");
    expect([await program.line(), await program.line()]).toEqual(["", "end"]);
    expect(program.hasEnded()).toBe(false);
    program.end();
    await expect(program.line()).rejects.toThrow("ended before it had answered");
    expect(program.hasEnded()).toBe(true);
  });

  it("gives what was said before the end, then what went wrong", async () => {
    const program = converse("sh", ["-c", "echo last; echo 'fatal: broken' >&2"]);
    expect(await program.line()).toBe("last");
    await expect(program.bytes(1)).rejects.toThrow("fatal: broken");
  });

  it("says that the program is not there", async () => {
    await expect(converse("no-such-program", []).line()).rejects.toThrow("`no-such-program` was not found");
  });

  it("does not keep Node from ending, and ends with it", async () => {
    const module = new URL("../../src/processes/converse.ts", import.meta.url).href;
    const script = `import { converse } from "${module}";
      const program = converse("sh", ["-c", "echo $$; exec cat"]);
      console.log(await program.line());`;
    const { exitCode, stdout } = await capture(process.execPath, ["--input-type=module", "-e", script]);
    expect(exitCode).toBe(0);
    const pid = Number(stdout.toString());
    await expect
      .poll(async () => (await capture("ps", ["-o", "stat=", "-p", String(pid)])).stdout.toString())
      .not.toMatch(/^[RS]/);
  });
});
