import type { Contents } from "../github/contents.ts";
import { appendRecord } from "./append.ts";
import { type Ledger, ledgerBranch } from "./ledger.ts";
import { findLatest, formatRecord, isSameRecord, placeOf, recordMessage } from "./record.ts";

/** The ledger on GitHub. The branch is created by the first record; each record is one commit by one Contents call. */
export function createBranchLedger(contents: Contents): Ledger {
  const read = async (path: string) => (await contents.read(path, ledgerBranch))?.bytes;

  return {
    async findEvidence(model, inputHash) {
      return (await findLatest(model, inputHash, read)).evidence;
    },
    async recordEvidence(evidence) {
      await appendRecord(contents, {
        content: formatRecord(evidence),
        message: recordMessage(evidence),
        what: `record of model ${evidence.model}`,
        async place() {
          const latest = await findLatest(evidence.model, evidence.inputHash, read);
          return isSameRecord(latest.evidence, evidence) ? undefined : placeOf(evidence, latest);
        },
      });
    },
  };
}
