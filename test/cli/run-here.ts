import { vi } from "vitest";
import { runProgram } from "../../src/cli/program.ts";

/** The `assay` command in this process, which is ten times faster than one of its own. Paths are absolute; `folder` is cut out of what it says. */
export async function runHere(folder: string, ...args: string[]) {
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += String(text).replaceAll(`${folder}/`, "");
      return true;
    }),
  );
  try {
    const status = await runProgram(args);
    return { status, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
