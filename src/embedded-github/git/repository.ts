import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type GitObjects, openObjects } from "./objects.ts";
import { GitFailure, runGit } from "./program.ts";

/** A bare git repository on disk, to push to and to fetch from by its path. */
export interface GitRepository {
  readonly folder: string;
  readonly objects: GitObjects;
  /** @param cwd default its folder */
  run(args: readonly string[], cwd?: string): Promise<Buffer>;
  /** Output without its last newline, or undefined when git says no. */
  ask(args: readonly string[], cwd?: string): Promise<string | undefined>;
}

/** As `git init --bare` makes it. */
export async function createGitRepository(folder: string, defaultBranch: string): Promise<GitRepository> {
  for (const part of ["objects/info", "objects/pack", "refs/heads", "refs/tags"])
    await mkdir(join(folder, part), { recursive: true });
  await writeFile(join(folder, "HEAD"), `ref: refs/heads/${defaultBranch}\n`);
  await writeFile(join(folder, "config"), likeGitHub);
  const known = new Map<string, Promise<Buffer>>();
  const run = (args: readonly string[], cwd = folder) => {
    const ask = () => runGit(args, { cwd });
    return isAboutObjects(args) ? once(known, args.join("\0"), ask) : ask();
  };
  return {
    folder,
    objects: openObjects(folder),
    run,
    ask: async (args, cwd) => {
      try {
        return (await run(args, cwd)).toString("utf8").replace(/\n$/, "");
      } catch (error) {
        if (error instanceof GitFailure) return undefined;
        throw error;
      }
    },
  };
}

/** Any commit can be fetched by its id. No packs, and no collection in the background of a test. */
const likeGitHub = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[transfer]
	unpackLimit = 100000
[fastimport]
	unpackLimit = 100000
[gc]
	auto = 0
[receive]
	autogc = false
`;

/** Whether git is asked about objects by their ids alone: what it says once stays true. */
function isAboutObjects([command = "", ...args]: readonly string[]): boolean {
  const revisions = args.filter((arg) => !arg.startsWith("-"));
  return reading.has(command) && revisions.length > 0 && revisions.every((arg) => /^[0-9a-f]{40}$/.test(arg));
}

const reading = new Set(["diff-tree", "ls-tree", "merge-tree"]);

/** What it says no to may be pushed later. */
function once(known: Map<string, Promise<Buffer>>, key: string, ask: () => Promise<Buffer>): Promise<Buffer> {
  const said = known.get(key) ?? ask();
  known.set(key, said);
  said.catch(() => known.delete(key));
  return said;
}
