import { writeFileSync } from "node:fs";
import { createArtifactJobFiles } from "../../actions/runtime/artifact-job-files.ts";
import type { Event } from "../../actions/runtime/event.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import type { RunRef } from "../../src/plan/plan.ts";

/**
 * A child process of the tests, as a step of a job is one: does what STEPS names with the job's files, on a disk that is as full
 * as the test says, and writes what came of it.
 */
export type JobFilesStep =
  | { do: "keep"; name: string; folder: string }
  | { do: "keepFile"; file: string }
  | { do: "fetch"; name: string; folder: string }
  | { do: "fetchFile"; name: string; folder: string; maxBytes: number }
  | { do: "fetchFrom"; run: RunRef; folder: string };

interface Work {
  steps: readonly JobFilesStep[];
  freeBytes?: number;
  temporaryFolder: string;
  result: string;
}

const { steps, freeBytes, temporaryFolder, result }: Work = JSON.parse(process.env["STEPS"] ?? "");
const disk = createNodeFiles({ temporaryFolder });
const files = freeBytes === undefined ? disk : { ...disk, freeBytes: async () => freeBytes };
const event: Pick<Event, "owner" | "name"> = { owner: "octo", name: "demo" };
const jobFiles = createArtifactJobFiles(files, event, process.env["TOKEN"]);
const results: unknown[] = [];
for (const step of steps) results.push(await perform(step).catch(({ name, message }: Error) => ({ name, message })));
writeFileSync(result, JSON.stringify(results));

async function perform(step: JobFilesStep): Promise<unknown> {
  switch (step.do) {
    case "keep":
      return jobFiles.keep(step.name, step.folder);
    case "keepFile":
      return jobFiles.keepFile(step.file);
    case "fetch":
      return jobFiles.fetch(step.name, step.folder);
    case "fetchFile":
      return jobFiles.fetchFile(step.name, step.folder, step.maxBytes);
    case "fetchFrom":
      return jobFiles.fetchFrom(step.run, step.folder);
  }
}
