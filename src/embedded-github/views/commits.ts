import { accountOf } from "../authorship.ts";
import type { CommitRecord } from "../git/commits.ts";
import type { ChangedFile } from "../git/diff.ts";
import type { Repository, State } from "../state.ts";
import { apiUrl, htmlUrl } from "./repositories.ts";
import { nodeId, simpleUser } from "./users.ts";

function verificationOf(state: State, { sha, tree, committer }: CommitRecord) {
  if (!state.signedCommits.has(sha))
    return { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };
  const signature = "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n";
  return { verified: true, reason: "valid", signature, payload: `tree ${tree}\n`, verified_at: committer.date };
}

/** GitHub's `git-commit`: the commit object alone. */
export function gitCommit(state: State, repository: Repository, commit: CommitRecord) {
  const url = `${apiUrl(state, repository)}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: `${url}/commits/${commit.sha}`,
    html_url: `${htmlUrl(state, repository)}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${htmlUrl(state, repository)}/commit/${sha}`,
    })),
    verification: verificationOf(state, commit),
  };
}

/** GitHub's `commit`. */
export function commitView(state: State, repository: Repository, commit: CommitRecord) {
  const object = gitCommit(state, repository, commit);
  const url = `${apiUrl(state, repository)}/commits/${commit.sha}`;
  const account = (signature: CommitRecord["author"]) => {
    const user = accountOf(state, signature);
    return user ? simpleUser(state, user) : null;
  };
  return {
    sha: commit.sha,
    node_id: object.node_id,
    commit: {
      author: object.author,
      committer: object.committer,
      message: object.message,
      tree: object.tree,
      url: object.url,
      comment_count: 0,
      verification: object.verification,
    },
    url,
    html_url: object.html_url,
    comments_url: `${url}/comments`,
    author: account(commit.author),
    committer: account(commit.committer),
    parents: object.parents.map((parent) => ({ ...parent, url: parent.url.replace("/git/commits/", "/commits/") })),
  };
}

/** GitHub's `simple-commit`, as workflow runs name their head. */
export function simpleCommit(commit: CommitRecord) {
  const { name, email } = commit.author;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name, email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

/** GitHub's `diff-entry`, without the patch. */
export function diffEntry(state: State, repository: Repository, head: string, file: ChangedFile) {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl(state, repository)}/blob/${head}/${path}`,
    raw_url: `${htmlUrl(state, repository)}/raw/${head}/${path}`,
    contents_url: `${apiUrl(state, repository)}/contents/${path}?ref=${head}`,
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}
