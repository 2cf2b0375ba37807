import { type NewCommit, type Signature, writeCommit } from "./git/commits.ts";
import type { Repository } from "./records/repositories.ts";
import { type State, type Token, type User, userOf } from "./state.ts";

/**
 * Writes a commit for a caller of the API. Without an author or committer of its own it is the caller's, and GitHub signs it
 * if the caller is a bot; what people send by their token, and every commit that is pushed, is as signed as it came: not at all.
 */
export async function commitFor(state: State, { git }: Repository, caller: Token, commit: NewCommit): Promise<string> {
  const author = commit.author ?? commit.committer ?? signatureOf(state, caller.login);
  const sha = await writeCommit(git, { ...commit, author, committer: commit.committer ?? commit.author ?? webFlow });
  if (caller.kind !== "user" && !commit.author && !commit.committer) state.signedCommits.add(sha);
  return sha;
}

/** Writes and signs a commit that GitHub makes for an account, such as a merge. */
export async function commitAsGitHub(state: State, { git }: Repository, login: string, commit: NewCommit): Promise<string> {
  const sha = await writeCommit(git, { ...commit, author: signatureOf(state, login), committer: webFlow });
  state.signedCommits.add(sha);
  return sha;
}

const webFlow: Signature = { name: "GitHub", email: "noreply@github.com" };

export function signatureOf(state: State, login: string): Signature {
  return { name: login, email: `${userOf(state, login).id}+${login}@users.noreply.github.com` };
}

/** GitHub knows an account by the e-mail of a signature, which anybody can write into a commit. */
export function accountOf(state: State, { email }: Signature): User | undefined {
  if (email === webFlow.email) return userOf(state, "web-flow");
  const [, id, login = ""] = /^(\d+)\+(.+)@users\.noreply\.github\.com$/.exec(email) ?? [];
  const user = state.users.get(login);
  return user && String(user.id) === id ? user : undefined;
}
