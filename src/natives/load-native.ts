import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { UsageError } from "../errors/errors.ts";

/** Packages with native libraries: never bundled, resolved when they are used. */
export type NativePackage = "@duckdb/node-api" | "onnxruntime-node" | "@tensorflow/tfjs-node" | "@tensorflow/tfjs-node-gpu";

/** Brings a package here and gives the folder that has it in its `node_modules`; undefined when it knows nothing of it. */
export type NativeSource = (name: NativePackage) => Promise<string | undefined>;

let source: NativeSource | undefined;

/**
 * From now on packages come from there and no longer from wherever Node finds them above Assay: on a runner those folders
 * are open to every job. One a process, as Node's own loader is.
 */
export function setNativeSource(from: NativeSource | undefined): void {
  source = from;
}

/**
 * Loads a native package: as installed in one of the given folders, which come first, else from the native source where one
 * is set, else beside Assay.
 * @throws UsageError naming the package, what loading it said, and how to install it
 */
export async function loadNative<T>(name: NativePackage, folders: readonly string[] = []): Promise<T> {
  const problems: string[] = [];
  for (const folder of folders) {
    const found = await load<T>(name, pathToFileURL(`${folder}/`).href, problems);
    if (found) return found;
  }
  const folder = await source?.(name);
  const place = folder === undefined ? import.meta.url : pathToFileURL(`${folder}/`).href;
  const found = source && folder === undefined ? undefined : await load<T>(name, place, problems);
  if (found) return found;
  throw new UsageError(
    `${name} could not be loaded on ${process.platform}-${process.arch} with Node ${process.versions.node}: ${problems.join("; ") || "it is not installed"}. ` +
      `Install Assay with its dependencies (\`npm ci\` in its folder), or ${name} where the command runs.`,
  );
}

async function load<T>(name: string, place: string, problems: string[]): Promise<T | undefined> {
  try {
    const path = createRequire(place).resolve(name);
    return (await import(/* webpackIgnore: true */ pathToFileURL(path).href)) as T;
  } catch (error) {
    problems.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    return undefined;
  }
}
