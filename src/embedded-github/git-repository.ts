import { spawn } from "node:child_process";
import { appendFile, readFile, rm } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { ApiError } from "./api-error.ts";

/** A bare git repository on disk; everything is asked of the git program. */
export interface GitRepository {
  readonly folder: string;
  run(args: readonly string[], options?: GitOptions): Promise<Buffer>;
  /** Output without its last newline, or undefined when git says no. */
  ask(args: readonly string[], options?: GitOptions): Promise<string | undefined>;
}

export interface GitOptions {
  input?: Buffer | string | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  cwd?: string | undefined;
}

export interface Signature {
  name: string;
  email: string;
  date?: string | undefined;
}

export async function createGitRepository(folder: string, defaultBranch: string): Promise<GitRepository> {
  await runGit(["init", "--quiet", "--bare", "--template=", `--initial-branch=${defaultBranch}`, folder]);
  await appendFile(join(folder, "config"), likeGitHub);
  const known = new Map<string, Promise<Buffer>>();
  const run = (args: readonly string[], options?: GitOptions) => {
    const ask = () => runGit(args, { cwd: folder, ...options });
    return options === undefined && isAboutObjects(args) ? once(known, args.join("\0"), ask) : ask();
  };
  const git: GitRepository = {
    folder,
    run,
    ask: async (args, options) => {
      try {
        return (await run(args, options)).toString("utf8").replace(/\n$/, "");
      } catch (error) {
        if (error instanceof GitFailure) return undefined;
        throw error;
      }
    },
  };
  return git;
}

/** Any commit can be fetched by its id. No collection in the background of a test. */
const likeGitHub = `[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[gc]
	auto = 0
[receive]
	autogc = false
`;

/** Whether git is asked about objects by their ids alone: what it says once stays true. */
function isAboutObjects([command = "", ...args]: readonly string[]): boolean {
  const revisions = args.filter((arg) => !arg.startsWith("-"));
  return reading.has(command) && revisions.length > 0 && revisions.every((arg) => /^[0-9a-f]{40}([:^.]|$)/.test(arg));
}

const reading = new Set(["cat-file", "diff-tree", "ls-tree", "merge-base", "rev-list", "rev-parse", "show"]);

/** Starting git takes longer than most of what it is asked. What it says no to may be pushed later. */
function once(known: Map<string, Promise<Buffer>>, key: string, ask: () => Promise<Buffer>): Promise<Buffer> {
  const said = known.get(key) ?? ask();
  known.set(key, said);
  said.catch(() => known.delete(key));
  return said;
}

/** Git said no; the message is what it printed. */
class GitFailure extends Error {
  override readonly name = "GitFailure";
}

async function runGit(args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const child = spawn("git", args, { cwd: options.cwd, env: { ...cleanEnvironment(), ...options.env }, stdio: "pipe" });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.on("error", reject);
  child.on("close", (code) => {
    if (code === 0) resolve(Buffer.concat(stdout));
    else reject(new GitFailure(`git ${args.join(" ")}: ${Buffer.concat(stderr).toString("utf8").trim() || `exit code ${code}`}`));
  });
  // Git may end before it has read everything; its exit code tells the story then.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return promise;
}

/** Nobody's own git settings, hooks or identity reach the repositories here. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return {
    ...inherited,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_AUTHOR_NAME: "GitHub",
    GIT_AUTHOR_EMAIL: "noreply@github.com",
    GIT_COMMITTER_NAME: "GitHub",
    GIT_COMMITTER_EMAIL: "noreply@github.com",
  };
}

export const objectId = /^[0-9a-f]{40}$/;

/** Stands for "does not exist" where git takes an old value. */
export const noObject = "0".repeat(40);

export function isRefName(name: string): boolean {
  return /^(?!-)(?!.*\.\.)(?!.*@\{)(?!.*\/\/)[^\s~^:?*[\\]+(?<!\.lock)(?<![./])$/.test(name);
}

/** The commit of a branch, a tag, `heads/x`, `refs/…` or a full id; undefined when there is none. */
export async function resolveCommit(git: GitRepository, name: string): Promise<string | undefined> {
  if (objectId.test(name)) return git.ask(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
  if (name === "HEAD") return git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (!isRefName(name)) return undefined;
  const candidates = name.startsWith("refs/")
    ? [name]
    : [`refs/heads/${name}`, `refs/tags/${name}`, ...(/^(heads|tags|pull)\//.test(name) ? [`refs/${name}`] : [])];
  for (const ref of candidates) {
    const commit = (await readBranch(git, ref)) ?? (await git.ask(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]));
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** A branch, or a pull request's ref, as a file of its own, where it is one: no git has to be started for it. Tags may be objects. */
async function readBranch({ folder }: GitRepository, ref: string): Promise<string | undefined> {
  if (!/^refs\/(heads|pull)\//.test(ref)) return undefined;
  const text = await readFile(join(folder, ref), "utf8").catch(() => "");
  return objectId.test(text.trim()) ? text.trim() : undefined;
}

export interface TreeEntry {
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
  size: number | undefined;
  path: string;
}

export async function listTree(git: GitRepository, tree: string, recursive: boolean): Promise<readonly TreeEntry[]> {
  const output = await git.run(["ls-tree", "-z", "-l", ...(recursive ? ["-r", "-t"] : []), tree]);
  return parseEntries(output.toString("utf8"));
}

/** What lies at a path of a commit; the root is the empty path. */
export async function findEntry(git: GitRepository, commit: string, path: string): Promise<TreeEntry | undefined> {
  if (path === "") {
    const sha = await git.ask(["rev-parse", "--verify", "--quiet", `${commit}^{tree}`]);
    return sha === undefined ? undefined : { mode: "040000", type: "tree", sha, size: undefined, path: "" };
  }
  return parseEntries((await git.ask(["ls-tree", "-z", "-l", "--", commit, path])) ?? "")[0];
}

/** Lines of `ls-tree -z -l`: mode, type, id, size or `-`, a tab, the path. */
function parseEntries(output: string): readonly TreeEntry[] {
  return output
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type = "", sha = "", size = ""] = line.slice(0, tab).split(/\s+/);
      return {
        mode,
        type: type === "tree" || type === "commit" ? type : "blob",
        sha,
        size: size === "-" ? undefined : Number(size),
        path: line.slice(tab + 1),
      };
    });
}

export async function writeBlob(git: GitRepository, bytes: Buffer): Promise<string> {
  return text(await git.run(["hash-object", "-w", "--stdin"], { input: bytes }));
}

export interface TreeChange {
  path: string;
  mode: string;
  /** Undefined removes the path. */
  sha: string | undefined;
}

/** The tree of `base` (none: empty) with the changes. */
export async function writeTree(git: GitRepository, base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
  const index = join(git.folder, `index-${process.hrtime.bigint()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git.run(base === undefined ? ["read-tree", "--empty"] : ["read-tree", base], { env });
    const lines = changes.map(({ path, mode, sha }) =>
      sha === undefined ? `0 ${noObject}\t${path}\0` : `${mode} ${sha}\t${path}\0`,
    );
    await git.run(["update-index", "--replace", "-z", "--index-info"], { env, input: lines.join("") });
    return text(await git.run(["write-tree"], { env }));
  } finally {
    await rm(index, { force: true });
  }
}

export interface NewCommit {
  tree: string;
  parents: readonly string[];
  message: string;
  author?: Signature | undefined;
  committer?: Signature | undefined;
}

export async function writeCommit(git: GitRepository, commit: NewCommit): Promise<string> {
  const author = commit.author ?? commit.committer;
  const committer = commit.committer ?? commit.author;
  const env = {
    ...(author && { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email }),
    ...(author?.date && { GIT_AUTHOR_DATE: author.date }),
    ...(committer && { GIT_COMMITTER_NAME: committer.name, GIT_COMMITTER_EMAIL: committer.email }),
    ...(committer?.date && { GIT_COMMITTER_DATE: committer.date }),
  };
  const args = ["commit-tree", commit.tree, ...commit.parents.flatMap((parent) => ["-p", parent]), "-F", "-"];
  return text(await git.run(args, { env, input: commit.message }));
}

/** Moves the ref only if it still is at `from` (undefined: does not exist). Throws 409 when it moved. */
export async function moveRef(git: GitRepository, ref: string, to: string, from: string | undefined): Promise<void> {
  const moved = await git.ask(["update-ref", ref, to, from ?? noObject]);
  if (moved === undefined) throw new ApiError(409, `${ref} is at another commit but expected ${from ?? "none"}`);
}

export async function isAncestor(git: GitRepository, ancestor: string, commit: string): Promise<boolean> {
  return (await git.ask(["merge-base", "--is-ancestor", ancestor, commit])) !== undefined;
}

export async function listCommits(git: GitRepository, range: readonly string[]): Promise<readonly string[]> {
  return text(await git.run(["rev-list", ...range]))
    .split("\n")
    .filter((line) => line !== "");
}

export async function isEmpty(git: GitRepository): Promise<boolean> {
  return (await git.ask(["rev-list", "--all", "-n", "1"])) === "";
}

function text(output: Buffer): string {
  return output.toString("utf8").trim();
}
