import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { UsageError } from "../errors/errors.ts";

/** Packages with native libraries: never bundled, resolved when they are used. */
export type NativePackage = "@duckdb/node-api" | "onnxruntime-node" | "@tensorflow/tfjs-node" | "@tensorflow/tfjs-node-gpu";

/**
 * Loads a native package as installed beside Assay, or in one of the given folders, which come first.
 * @throws UsageError naming the package, what loading it said, and how to install it
 */
export async function loadNative<T>(name: NativePackage, folders: readonly string[] = []): Promise<T> {
  const places = [...folders.map((folder) => pathToFileURL(`${folder}/`).href), import.meta.url];
  const problems: string[] = [];
  for (const place of places) {
    try {
      const path = createRequire(place).resolve(name);
      return (await import(/* webpackIgnore: true */ pathToFileURL(path).href)) as T;
    } catch (error) {
      problems.push(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
    }
  }
  throw new UsageError(
    `${name} could not be loaded on ${process.platform}-${process.arch} with Node ${process.versions.node}: ${problems.join("; ")}. ` +
      `Install Assay with its dependencies (\`npm ci\` in its folder), or ${name} where the command runs.`,
  );
}
