import * as core from "@actions/core";
import type { Files } from "../../src/files/files.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import type { Machine } from "../../src/flows/context.ts";
import type { JobFiles } from "../../src/flows/job-files.ts";
import { createCommandGit } from "../../src/git/command-git.ts";
import { setNativeSource } from "../../src/natives/load-native.ts";
import { cancellation } from "../../src/processes/cancellation.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { commandEnvironment } from "../../src/training/command-environment.ts";
import { toolCacheSource } from "./tool-cache-source.ts";

/** The runner as flows see it. */
export async function createMachine(
  jobFiles: (files: Files) => JobFiles,
  token: string | undefined,
  secrets: Machine["secrets"] = {},
  unfinishedFile?: string,
): Promise<Machine> {
  const processes = createNodeProcesses();
  const { files, folder } = createTableMachine();
  return {
    files,
    git: await createCommandGit(folder, processes, gitEnvironment()),
    processes,
    jobFiles: jobFiles(files),
    environment: process.env,
    secrets,
    signal: cancellation(),
    output: (chunk) => process.stdout.write(chunk),
    progress: core.info,
    now: () => new Date(),
    token,
    unfinishedFile,
  };
}

/** The runner as far as tables are read, in the job's folder: no repository has to be there. */
export function createTableMachine() {
  const files = createNodeFiles({ temporaryFolder: process.env["RUNNER_TEMP"] });
  const processes = createNodeProcesses();
  setNativeSource(toolCacheSource({ files, processes, environment: process.env, progress: core.info }));
  return { files, folder: process.env["GITHUB_WORKSPACE"] ?? process.cwd(), progress: core.info };
}

/** How git finds its settings and reaches a server. */
const gits = /^(GIT_.*|SSH_.*|XDG_CONFIG_HOME|SSL_CERT_.*|(https?|all|no)_proxy)$/i;

/** Git stays beside a training, which can read what git was started with: no secret of the job's is among it. */
function gitEnvironment(): Record<string, string> {
  const { env } = process;
  const declared = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && gits.test(name) ? [[name, value]] : [])),
  );
  return commandEnvironment({ environment: env, declared });
}
