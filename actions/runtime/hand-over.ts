import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getState, saveState } from "@actions/core";
import { runMark } from "../../src/processes/run-mark.ts";

const [fileState, markState] = ["unfinished-file", "run-mark"];

/** Tells the post step where it will find what is not finished, and by which mark to know what this step leaves running. */
export function handOver(): string {
  const file = join(process.env["RUNNER_TEMP"] ?? tmpdir(), `assay-unfinished-${randomUUID()}.json`);
  saveState(fileState, file);
  saveState(markState, runMark() ?? "");
  return file;
}

/** What the main step said; without a file when it did not come that far. */
export function takeOver(): { unfinishedFile: string | undefined; mark: string | undefined } {
  return { unfinishedFile: getState(fileState) || undefined, mark: getState(markState) || undefined };
}
