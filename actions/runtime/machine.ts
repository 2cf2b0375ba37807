import * as core from "@actions/core";
import type { Files } from "../../src/files/files.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import type { Machine } from "../../src/flows/context.ts";
import type { JobFiles } from "../../src/flows/job-files.ts";
import { createCommandGit } from "../../src/git/command-git.ts";
import { setNativeSource } from "../../src/natives/load-native.ts";
import { cancellation } from "../../src/processes/cancellation.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { toolCacheSource } from "./tool-cache-source.ts";

/** The runner as flows see it. */
export async function createMachine(
  jobFiles: (files: Files) => JobFiles,
  token: string | undefined,
  secrets: Machine["secrets"] = {},
): Promise<Machine> {
  const processes = createNodeProcesses();
  const files = createNodeFiles({ temporaryFolder: process.env["RUNNER_TEMP"] });
  setNativeSource(toolCacheSource({ files, processes, environment: process.env, progress: core.info }));
  return {
    files,
    git: await createCommandGit(process.env["GITHUB_WORKSPACE"] ?? process.cwd(), processes),
    processes,
    jobFiles: jobFiles(files),
    environment: process.env,
    secrets,
    signal: cancellation(),
    output: (chunk) => process.stdout.write(chunk),
    progress: core.info,
    now: () => new Date(),
    token,
  };
}
