import { UsageError } from "../errors/errors.ts";
import type { Objects } from "./objects.ts";
import { maxBytes as mostBytes, type RunGit } from "./run-git.ts";

/** Requests are lines, and git takes a carriage return at their end for a part of it. */
const lineBreak = /[\n\r\0]/;

/**
 * Bytes of files of one commit. What is not there, is no blob, or is larger than `maxBytes` is left out; sizes are asked first,
 * so that a large file is never read.
 */
export async function readBlobs(
  run: RunGit,
  objects: Objects,
  commit: string,
  paths: readonly string[],
  maxBytes: number | undefined,
): Promise<Map<string, Buffer>> {
  const names = await Promise.all(paths.map((path) => nameOf(run, commit, path)));
  const descriptions = await objects.describe(names);
  const wanted = descriptions.flatMap((found, index) => {
    const path = paths[index];
    if (path === undefined || found?.type !== "blob" || found.bytes > (maxBytes ?? Number.POSITIVE_INFINITY)) return [];
    if (found.bytes > mostBytes) throw new UsageError(`${path} has ${found.bytes} bytes, and at most ${mostBytes} are read.`);
    return [{ path, id: found.id }];
  });
  const contents = await objects.read(wanted.map(({ id }) => id));
  return new Map(
    contents.flatMap((content, index): [string, Buffer][] => {
      const path = wanted[index]?.path;
      return path === undefined ? [] : [[path, content]];
    }),
  );
}

/** A path that cannot stand in a line is looked up beforehand. Paths are from the root, wherever git runs. */
async function nameOf(run: RunGit, commit: string, path: string): Promise<string> {
  if (!lineBreak.test(path)) return `${commit}:${path.replace(/^(\.\/+)+/, "")}`;
  const { exitCode, stdout } = await run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${path}`]);
  return exitCode === 0 ? stdout.toString("utf8").trim() : "";
}
