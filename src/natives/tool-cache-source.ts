import { dirname, join } from "node:path";
import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { NativeSource } from "./load-native.ts";
import { obtainPinned, type Workshop } from "./obtain-pinned.ts";
import { isPinned, readPinned } from "./pinned.ts";

/** Assay's own folder, from the sources as from the bundle. */
const assayFolder = join(import.meta.dirname, "..", "..");

export interface ToolCacheRequest {
  files: Files;
  processes: Processes;
  /** The runner's tool cache. */
  folder: string;
  environment: Workshop["environment"];
  progress: (line: string) => void;
}

/** On a runner: what is pinned comes from its tool cache, checked; a checkout of Assay with its own `node_modules` uses those. */
export function createToolCacheSource(request: ToolCacheRequest): NativeSource {
  const obtained = new Map<string, Promise<string>>();
  return async (name) => {
    if (await request.files.exists(join(assayFolder, "node_modules", name))) return assayFolder;
    if (!isPinned(name)) return undefined;
    const folder = obtained.get(name) ?? obtain(name, request);
    obtained.set(name, folder);
    return folder;
  };
}

async function obtain(name: Parameters<typeof readPinned>[0], request: ToolCacheRequest): Promise<string> {
  const { files, processes, folder, environment, progress } = request;
  return obtainPinned(await readPinned(name, files), {
    files,
    processes,
    cacheFolder: folder,
    platform: platformHere(),
    npm: await npmBeside(process.execPath, files),
    environment: withoutRunnerSecrets(environment),
    progress,
  });
}

/** `linux-x64`; a Linux without glibc is another platform, since native libraries are made for one C library. */
function platformHere(): string {
  const name = `${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return name;
  const report: unknown = process.report.getReport();
  return /"glibcVersionRuntime"/.test(JSON.stringify(report)) ? name : `${name}-musl`;
}

/** The npm that came with this Node: no other program of the machine's path is run. */
export async function npmBeside(node: string, files: Pick<Files, "exists">): Promise<Workshop["npm"]> {
  for (const place of ["../lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js"]) {
    const script = join(dirname(node), place);
    if (await files.exists(script)) return [node, script];
  }
  return undefined;
}

/** npm needs none of the job's tokens. */
function withoutRunnerSecrets(environment: Workshop["environment"]): Workshop["environment"] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(INPUT|ACTIONS|GITHUB)_/.test(name)));
}
