import type { Deadlines } from "../../src/flows/assess-head.ts";
import { type CommitCache, withCommitCache } from "../../src/github/commit-cache.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import type { Store } from "../queue/store.ts";
import type { InstalledRepository } from "../subject.ts";

/** What reconciliation is given. */
export interface Context {
  store: Store;
  app: GitHubApp;
  /** `https://github.com`. */
  serverUrl: string;
  deadlines: Deadlines;
  commits: CommitCache;
  /** Keys of subjects that this process has looked at: what it remembers of them is no older than that. */
  looked: Set<string>;
  now: () => Date;
  /** A line for whoever runs the app; nothing of it is secret or foreign text. */
  log: (line: string) => void;
  /** Counts what was written to GitHub: `comment`, `created`. */
  effect: (kind: "check" | "comment" | "decision" | "gate" | "training", effect: string) => void;
}

/** GitHub as it is seen from the repository's installation; nothing is asked any more once the signal is aborted. */
export async function connect(
  { app, commits }: Context,
  { installation, id, owner, name }: InstalledRepository,
  signal: AbortSignal,
): Promise<GitHub> {
  return withCommitCache(await app.connect(installation, { owner, name }, signal), id, commits);
}
