import { markdownTable } from "markdown-table";
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
  actions: {
    access: "write",
    why: "starting trainings and rollbacks, cancelling those of commits that are no longer the head, reading runs and artifacts",
  },
  checks: { access: "write", why: "the check `assay / verdict`" },
  contents: { access: "write", why: "records on the branch `assay-ledger`, reading files at a commit" },
  deployments: { access: "write", why: "letting runs into environments that ask the app, as promotion decides" },
  pull_requests: { access: "write", why: "the one comment, reactions to commands, reviews" },
  // A comment is an issue's; those on pull requests are written by the permission on these.
  issues: { access: "read", why: "hearing of comments" },
  merge_queues: { access: "read", why: "hearing of the merge queue" },
  // Of an organisation; on a personal account it asks for nothing.
  members: { access: "read", why: "teams among a model's owners" },
  metadata: { access: "read", why: "goes with every other" },
} as const;

/** For people: `pull requests: write`, and for what. */
export const permissionReasons = Object.entries(permissions).map(([name, { access, why }]) => ({
  permission: `${name.replaceAll("_", " ")}: ${access}`,
  why,
}));

/** Those of docs/app.md, in Markdown. */
export function permissionReference(): string {
  const rows = permissionReasons.map(({ permission, why }) => [permission, why]);
  return markdownTable([["permission", "for"], ...rows]);
}

/** @param publicUrl where GitHub reaches the app, without a slash at its end */
export function createManifest(publicUrl: string, setupUrl: string): Manifest {
  return {
    name: "Assay",
    url: "https://github.com/assay-ml/assay",
    hook_attributes: { url: `${publicUrl}/webhooks`, active: true },
    redirect_url: `${setupUrl}/setup/done`,
    public: false,
    default_permissions: Object.fromEntries(Object.entries(permissions).map(([name, { access }]) => [name, access])),
    // check_run comes with checks: write to every app, and is asked for all the same: GitHub shows what is heard.
    default_events: Object.keys(handlers).sort(),
  };
}
