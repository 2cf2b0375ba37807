import type { GitHub } from "../github/github.ts";
import { createBranchLedger } from "../ledger/branch-ledger.ts";
import { ledgerBranch } from "../ledger/ledger.ts";
import { createReleaseStore } from "../model-store/release-store.ts";
import type { Records } from "./fetch-run.ts";

/** The ledger branch and the store release of the repository. */
export function recordsOnGitHub(github: GitHub): Records {
  return {
    ledger: createBranchLedger(github.contents),
    // A release may not point at a commit that changes workflow files; the ledger's never do.
    store: createReleaseStore(github.releases, { target: ledgerBranch }),
  };
}
