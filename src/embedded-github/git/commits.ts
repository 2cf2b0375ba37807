import { objectId } from "./objects.ts";
import { isRefName, readHead, readRef } from "./refs.ts";
import type { GitRepository } from "./repository.ts";

export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 */
  date?: string | undefined;
}

export interface CommitRecord {
  sha: string;
  tree: string;
  parents: readonly string[];
  author: Required<Signature> & { date: string };
  committer: Required<Signature> & { date: string };
  message: string;
}

/** The commit of a branch, a tag, `heads/x`, `refs/…` or a full id; undefined when there is none. */
export async function resolveCommit(git: GitRepository, name: string): Promise<string | undefined> {
  if (objectId.test(name)) return peel(git, name);
  if (name === "HEAD") return readHead(git);
  if (!isRefName(name)) return undefined;
  const candidates = name.startsWith("refs/")
    ? [name]
    : [`refs/heads/${name}`, `refs/tags/${name}`, ...(/^(heads|tags|pull)\//.test(name) ? [`refs/${name}`] : [])];
  for (const ref of candidates) {
    const sha = await readRef(git, ref);
    const commit = sha && (await peel(git, sha));
    if (commit !== undefined) return commit;
  }
  return undefined;
}

/** The commit itself, or the one that a tag object names. */
async function peel(git: GitRepository, sha: string): Promise<string | undefined> {
  const object = await git.objects.read(sha);
  if (object?.type === "tag") return peel(git, object.bytes.toString("latin1", "object ".length, "object ".length + 40));
  return object?.type === "commit" ? sha : undefined;
}

export async function readCommit(git: GitRepository, sha: string): Promise<CommitRecord> {
  const object = await git.objects.read(sha);
  if (object?.type !== "commit") throw new Error(`${git.folder} has no commit ${sha}.`);
  const text = object.bytes.toString("utf8");
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const values = (name: string) => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: parseSignature(values("author")[0]),
    committer: parseSignature(values("committer")[0]),
    message: text.slice(end + 2).trimEnd(),
  };
}

/** `Name <e-mail> seconds zone` */
export function parseSignature(line = ""): CommitRecord["author"] {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<(.*)> (\d+)/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z") };
}

export interface NewCommit {
  tree: string;
  parents: readonly string[];
  message: string;
  author?: Signature | undefined;
  committer?: Signature | undefined;
}

const gitHub: Signature = { name: "GitHub", email: "noreply@github.com" };

export async function writeCommit({ objects }: GitRepository, commit: NewCommit): Promise<string> {
  const author = commit.author ?? commit.committer ?? gitHub;
  const committer = commit.committer ?? commit.author ?? gitHub;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(author)}`,
    `committer ${signatureLine(committer)}`,
    "",
    commit.message,
  ];
  return objects.write("commit", Buffer.from(lines.join("\n")));
}

export function signatureLine({ name, email, date }: Signature): string {
  const seconds = Math.floor((date === undefined ? Date.now() : Date.parse(date)) / 1000);
  return `${plain(name)} <${plain(email)}> ${seconds} +0000`;
}

/** Git leaves out what would end a name. */
function plain(text: string): string {
  return text.replaceAll(/[<>\n\0]/g, "").trim();
}
