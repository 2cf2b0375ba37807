import { handlers } from "../handlers/handlers.ts";

/** What GitHub registers an app from. */
export interface Manifest {
  name: string;
  url: string;
  hook_attributes: { url: string; active: boolean };
  redirect_url: string;
  public: boolean;
  default_permissions: Readonly<Record<string, "read" | "write">>;
  default_events: readonly string[];
}

/** Exactly what is used, each with its reason. */
const permissions = {
  // Starts trainings, cancels those of commits that are no longer the head, reads runs and their artifacts.
  actions: "write",
  // The check `assay / verdict`.
  checks: "write",
  // Records on the ledger branch; files at a commit.
  contents: "write",
  // Hears of comments, which are an issue's; those on pull requests are written by the permission on these.
  issues: "read",
  // Teams among a model's owners. Of an organisation; on a personal account it asks for nothing.
  members: "read",
  // Hears of the merge queue.
  merge_queues: "read",
  metadata: "read",
  // Pull requests, their reviews, and comments on them.
  pull_requests: "write",
} as const;

/** @param publicUrl where GitHub reaches the app, without a slash at its end */
export function createManifest(publicUrl: string, setupUrl: string): Manifest {
  return {
    name: "Assay",
    url: "https://github.com/assay-ml/assay",
    hook_attributes: { url: `${publicUrl}/webhooks`, active: true },
    redirect_url: `${setupUrl}/setup/done`,
    public: false,
    default_permissions: permissions,
    // check_run comes with checks: write to every app, and is asked for all the same: GitHub shows what is heard.
    default_events: Object.keys(handlers).sort(),
  };
}
