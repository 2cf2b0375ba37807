import { UsageError } from "../../src/errors/errors.ts";
import type { Records } from "../../src/flows/fetch-run.ts";
import { recordsOnGitHub } from "../../src/flows/records-on-github.ts";
import type { GitHub } from "../../src/github/github.ts";
import type { Event } from "./event.ts";

/** GitHub as flows see it; Octokit is loaded when it is asked for. */
export async function connect(event: Event, token: string): Promise<GitHub> {
  const { createOctokitGitHub } = await import("../../src/github/octokit/octokit-github.ts");
  return createOctokitGitHub({ owner: event.owner, name: event.name, token, apiUrl: event.apiUrl });
}

/** Connects on the first question: most evaluations find all they need in their own run. */
export function lazyRecords(event: Event, token: string | undefined): Records {
  let made: Promise<Records> | undefined;
  const records = () => {
    if (!token)
      throw new UsageError(
        "The recorded baseline is asked for, and the input `github-token` is empty. Give it `contents: read`.",
      );
    made ??= connect(event, token).then((github) => recordsOnGitHub(github));
    return made;
  };
  return {
    ledger: {
      findEvidence: async (model, inputHash) => (await records()).ledger.findEvidence(model, inputHash),
      recordEvidence: async (evidence) => (await records()).ledger.recordEvidence(evidence),
    },
    store: {
      has: async (digest) => (await records()).store.has(digest),
      put: async (digest, file) => (await records()).store.put(digest, file),
      get: async (digest, file) => (await records()).store.get(digest, file),
    },
  };
}
