import { buffer } from "node:stream/consumers";
import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { CommitFacts, Contents } from "../contents.ts";
import type { Api } from "./api.ts";
import type { Asked } from "./request-error.ts";

const maxBytes = 100 * 1024 * 1024;

const fileSchema = z.object({
  type: z.literal("file"),
  sha: z.string(),
  size: z.int(),
  encoding: z.string(),
  content: z.string(),
});
/** A link that leads to no file of the repository, a submodule, or the entries of a folder. */
const noFileSchema = z.union([z.object({ type: z.enum(["symlink", "submodule"]) }), z.array(z.unknown())]);
const contentSchema = z.union([fileSchema, noFileSchema]);
const objectSchema = z.object({ sha: z.string() });
const refSchema = z.object({ object: objectSchema });
const anything = z.unknown();
const entrySchema = z.object({ path: z.string(), type: z.string(), mode: z.string(), sha: z.string() });
const treeSchema = z.object({ truncated: z.boolean(), tree: z.array(entrySchema) });
/** The account that GitHub commits and signs as, when it makes a commit for somebody. */
const webFlow = "web-flow";
const commitSchema = z.pipe(
  z.object({
    sha: z.string(),
    parents: z.array(objectSchema),
    author: z.nullable(z.object({ login: z.optional(z.string()) })),
    committer: z.nullable(z.object({ login: z.optional(z.string()) })),
    commit: z.object({ message: z.string(), verification: z.optional(z.object({ verified: z.boolean() })) }),
  }),
  z.transform(
    ({ sha, parents, author, committer, commit }): CommitFacts => ({
      sha,
      message: commit.message,
      parents: parents.map((parent) => parent.sha),
      author: author?.login,
      // Whoever commits signs: an author is what anybody may write.
      verified: committer?.login === webFlow && (commit.verification?.verified ?? false),
    }),
  ),
);
/** GitHub's own limit. */
const maxComparedFiles = 300;
const maxCommitPages = 10;
const comparisonSchema = z.object({
  base_commit: objectSchema,
  merge_base_commit: objectSchema,
  files: z.array(z.object({ filename: z.string(), previous_filename: z.optional(z.string()) })),
});

export function createContents(api: Api): Contents {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const read = "contents: read";
  const write = "contents: write";

  /** Past 1 MB the JSON answer leaves the content out. */
  async function readRaw(parameters: { path: string; ref: string }, asked: Asked): Promise<Buffer> {
    try {
      const { data } = await api.raw("GET /repos/{owner}/{repo}/contents/{path}", {
        ...parameters,
        headers: { accept: "application/vnd.github.raw+json" },
        // As bytes: Octokit takes the answer for text.
        request: { parseSuccessResponseBody: false },
      });
      if (!(data instanceof ReadableStream)) throw new GitHubError(`GitHub sent nothing on a request to ${asked.what}.`);
      return await buffer(data);
    } catch (error) {
      throw api.explain(error, asked);
    }
  }

  /** GitHub also takes the name of a branch or the id of a commit for its tree. */
  async function readTree(ref: string, what: string): Promise<readonly z.infer<typeof entrySchema>[]> {
    const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";
    const tree = await api.find(treeSchema, route, { tree_sha: ref, recursive: "1" }, { what, permission: read });
    if (!tree?.truncated) return tree?.tree ?? [];
    throw new GitHubError(`${ref} of ${place} has more files than GitHub lists; nothing is decided on part of a list.`);
  }

  async function find(path: string, ref: string, asked: Asked): Promise<z.infer<typeof fileSchema> | undefined> {
    const found = await api.find(contentSchema, "GET /repos/{owner}/{repo}/contents/{path}", { path, ref }, asked);
    return found && "content" in found ? found : undefined;
  }

  return {
    async peek(path, ref) {
      const file = await find(path, ref, { what: `read ${path} at ${ref} in ${place}`, permission: read });
      const bytes = file?.encoding === "base64" ? Buffer.from(file.content, "base64") : undefined;
      return file && { bytes, blobSha: file.sha };
    },
    async read(path, ref) {
      const asked = { what: `read ${path} at ${ref} in ${place}`, permission: read };
      const file = await find(path, ref, asked);
      if (file === undefined) return undefined;
      if (file.encoding === "base64") return { bytes: Buffer.from(file.content, "base64"), blobSha: file.sha };
      if (file.size > maxBytes)
        throw new GitHubError(`${path} at ${ref} in ${place} has ${file.size} bytes; at most ${maxBytes} are read.`);
      return { bytes: await readRaw({ path, ref }, asked), blobSha: file.sha };
    },
    async create({ branch, path, content, message }) {
      const asked = { what: `add ${path} to branch ${branch} of ${place}`, permission: write };
      const body = { branch, path, message, content: Buffer.from(content).toString("base64") };
      try {
        await api.once(anything, "PUT /repos/{owner}/{repo}/contents/{path}", body, asked);
        return "created";
      } catch (error) {
        if (!(error instanceof GitHubError)) throw error;
        // A protected branch answers 409 too, every time.
        if (error.status === 409 && !/rule violation/i.test(error.message)) return "conflict";
        // Without the blob id of the file that it replaces, GitHub refuses to write over one.
        if (error.status === 422 && /"sha" wasn't supplied/.test(error.message)) return "exists";
        throw error;
      }
    },
    async createOrphanBranch({ branch, path, content, message }) {
      const asked = { what: `create branch ${branch} in ${place}`, permission: write };
      const tree = await api.send(
        objectSchema,
        "POST /repos/{owner}/{repo}/git/trees",
        { tree: [{ path, mode: "100644", type: "blob", content }] },
        asked,
      );
      const commit = await api.send(
        objectSchema,
        "POST /repos/{owner}/{repo}/git/commits",
        { message, tree: tree.sha, parents: [] },
        asked,
      );
      try {
        await api.once(anything, "POST /repos/{owner}/{repo}/git/refs", { ref: `refs/heads/${branch}`, sha: commit.sha }, asked);
        return "created";
      } catch (error) {
        if (error instanceof GitHubError && error.status === 422 && /already exists/i.test(error.message)) return "exists";
        throw error;
      }
    },
    async branchTip(branch) {
      const asked = { what: `read branch ${branch} of ${place}`, permission: read };
      const ref = await api.find(refSchema, "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` }, asked);
      return ref?.object.sha;
    },
    async list(folder, ref) {
      const prefix = folder === "" ? "" : `${folder}/`;
      const entries = await readTree(ref, `list ${folder} at ${ref} in ${place}`);
      return entries.filter(({ type, path }) => type === "blob" && path.startsWith(prefix)).map(({ path }) => path);
    },
    async tree(commit) {
      const entries = await readTree(commit, `list the files of ${commit} in ${place}`);
      return entries.filter(({ type }) => type !== "tree").map(({ path, mode, sha: id }) => ({ path, mode, id }));
    },
    async history(path, branch, most) {
      const asked = { what: `list the commits of ${path} on ${branch} in ${place}`, permission: read };
      try {
        return await api.list(commitSchema, "GET /repos/{owner}/{repo}/commits", { path, sha: branch }, asked, { most });
      } catch (error) {
        if (error instanceof GitHubError && error.status === 404) return [];
        throw error;
      }
    },
    async compare(base, head) {
      const asked = { what: `compare ${base} with ${head} in ${place}`, permission: read };
      const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
      const found = await api.find(comparisonSchema, route, { basehead: `${base}...${head}`, per_page: 1 }, asked);
      if (found === undefined) return undefined;
      const paths = found.files.flatMap(({ filename, previous_filename }) => [
        filename,
        ...(previous_filename ? [previous_filename] : []),
      ]);
      return {
        base: found.base_commit.sha,
        mergeBase: found.merge_base_commit.sha,
        paths,
        complete: found.files.length < maxComparedFiles,
      };
    },
    async newCommits(base, head) {
      const asked = { what: `list the commits from ${base} to ${head} in ${place}`, permission: read };
      const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
      const commits: CommitFacts[] = [];
      for (let page = 1; page <= maxCommitPages; page += 1) {
        const parameters = { basehead: `${base}...${head}`, per_page: 100, page };
        const found = await api.find(z.object({ commits: z.array(commitSchema) }), route, parameters, asked);
        commits.push(...(found?.commits ?? []));
        if ((found?.commits.length ?? 0) < 100) break;
      }
      return commits;
    },
    async isAncestor(ancestor, ref) {
      const asked = { what: `compare ${ancestor} with ${ref} in ${place}`, permission: read };
      const comparison = await api.find(
        z.object({ status: z.enum(["ahead", "behind", "diverged", "identical"]) }),
        "GET /repos/{owner}/{repo}/compare/{basehead}",
        { basehead: `${ancestor}...${ref}`, per_page: 1 },
        asked,
      );
      return comparison?.status === "ahead" || comparison?.status === "identical";
    },
    async defaultBranch() {
      const asked = { what: `read the repository ${place}`, permission: read };
      const repository = await api.send(z.object({ default_branch: z.string() }), "GET /repos/{owner}/{repo}", {}, asked);
      return repository.default_branch;
    },
    async isProtected(branch) {
      const asked = { what: `read branch ${branch} of ${place}`, permission: read };
      const schema = z.object({ protected: z.boolean() });
      const found = await api.find(schema, "GET /repos/{owner}/{repo}/branches/{branch}", { branch }, asked);
      return found?.protected ?? false;
    },
  };
}
