import { gitOutput, type RunGit } from "./run-git.ts";

const newline = 10;

/**
 * Bytes of files of one commit, by `git cat-file --batch`. What is not there, is no blob, or is larger than `maxBytes` is left
 * out; sizes are asked first, so that a large file is never read.
 */
export async function readBlobs(
  run: RunGit,
  commit: string,
  paths: readonly string[],
  maxBytes: number | undefined,
): Promise<Map<string, Buffer>> {
  // Requests are lines: a name with a line break cannot be asked for, so its id is.
  const broken = paths.filter((path) => path.includes("\n"));
  const ids = new Map(await Promise.all(broken.map(async (path) => [path, await idOf(run, commit, path)] as const)));
  let requests = paths.map((path) => ({ path, object: ids.has(path) ? ids.get(path) : `${commit}:${path}` }));
  requests = requests.filter(({ object }) => object !== undefined);
  if (maxBytes !== undefined && requests.length > 0) {
    const sizes = (await batch(run, "--batch-check=%(objecttype) %(objectsize)", requests)).toString("utf8").split("\n");
    requests = requests.filter((_, index) => {
      const [type, size] = sizes[index]?.split(" ") ?? [];
      return type === "blob" && Number(size) <= maxBytes;
    });
  }
  if (requests.length === 0) return new Map();
  const contents = parseBatch(await batch(run, "--batch", requests), requests.length);
  const found = new Map<string, Buffer>();
  for (const [index, { path }] of requests.entries()) {
    const content = contents[index];
    if (content) found.set(path, content);
  }
  return found;
}

function batch(run: RunGit, mode: string, requests: readonly { object: string | undefined }[]): Promise<Buffer> {
  return gitOutput(run, ["cat-file", mode, "--buffer"], { input: requests.map(({ object }) => `${object}\n`).join("") });
}

async function idOf(run: RunGit, commit: string, path: string): Promise<string | undefined> {
  const { exitCode, stdout } = await run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${commit}:${path}`]);
  return exitCode === 0 ? stdout.toString("utf8").trim() : undefined;
}

/** Replies are `<id> SP <type> SP <size> LF <content> LF`, or one line that ends in a word such as `missing`. */
function parseBatch(output: Buffer, count: number): (Buffer | undefined)[] {
  const contents: (Buffer | undefined)[] = [];
  let at = 0;
  while (contents.length < count) {
    const end = output.indexOf(newline, at);
    const header = /^[0-9a-f]{40,64} (\w+) (\d+)$/.exec(output.toString("utf8", at, end));
    at = end + 1;
    if (!header) {
      contents.push(undefined);
      continue;
    }
    const size = Number(header[2]);
    contents.push(header[1] === "blob" ? output.subarray(at, at + size) : undefined);
    at += size + 1;
  }
  return contents;
}
