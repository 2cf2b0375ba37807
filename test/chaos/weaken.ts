import type { GitHub } from "../../src/github/github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";
import { ledgerBranch } from "../../src/ledger/ledger.ts";

/** What is taken out, to see that it is missed. */
export const weakenings = ["lock", "read-back", "records", "trainings", "clicks", "reviews"] as const;
export type Weakening = (typeof weakenings)[number];

/** The app as it sees GitHub, without what is taken out there. */
export function weaken(app: GitHubApp, weakening: Weakening | undefined): GitHubApp {
  const change = weakening && changes[weakening];
  return change ? { ...app, connect: async (...where) => change(await app.connect(...where)) } : app;
}

/** Whether nobody listens to the webhook. */
export function isUnheard(event: string | undefined, weakening: Weakening | undefined): boolean {
  return (weakening === "clicks" && event === "check_run") || (weakening === "reviews" && event === "pull_request_review");
}

/** Tip of a ledger that is not there. */
const nowhere = "0".repeat(40);

const changes: Partial<Record<Weakening, (github: GitHub) => GitHub>> = {
  // Never finds again what it wrote.
  "read-back": (github) => ({
    ...github,
    comments: { ...github.comments, list: async () => [] },
    checks: { ...github.checks, list: async () => [] },
    runs: { ...github.runs, dispatched: async () => [] },
  }),
  // Nothing that it writes into the ledger gets there, and it does not notice.
  records: (github) => ({
    ...github,
    contents: {
      ...github.contents,
      create: async () => "created",
      createOrphanBranch: async () => "created",
      branchTip: async (branch) => (branch === ledgerBranch ? nowhere : github.contents.branchTip(branch)),
      list: async (folder, ref) => (ref === nowhere ? [] : github.contents.list(folder, ref)),
    },
  }),
  // Nothing that it starts runs.
  trainings: (github) => ({ ...github, runs: { ...github.runs, dispatch: async () => 1 } }),
};
