import { join } from "node:path";
import picomatch from "picomatch";
import type { Files } from "../files/files.ts";
import { dataFile } from "../spec/paths.ts";

/** Absolute paths of what `train.inputs` declares: files and folders as they are, globs as the files they match. */
export async function declaredPaths(files: Files, workingDirectory: string, declared: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of declared.map(dataFile)) {
    const { base, isGlob } = picomatch.scan(pattern);
    if (!isGlob || (await files.exists(join(workingDirectory, pattern)))) {
      found.push(join(workingDirectory, pattern));
      continue;
    }
    const folder = join(workingDirectory, base);
    if (!(await files.stat(folder))?.isFolder) continue;
    const matches = picomatch(pattern, { dot: true });
    const paths = (await files.list(folder)).map((path) => (base === "" ? path : `${base}/${path}`));
    found.push(...paths.filter((path) => matches(path)).map((path) => join(workingDirectory, path)));
  }
  return [...new Set(found)];
}
