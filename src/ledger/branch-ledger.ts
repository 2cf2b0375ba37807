import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { Contents } from "../github/contents.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import { type Ledger, ledgerBranch } from "./ledger.ts";
import { findLatest, formatRecord, isSameRecord, recordMessage } from "./record.ts";

const maxAttempts = 10;

/** The ledger on GitHub. The branch is created by the first record; each record is one commit by one Contents call. */
export function createBranchLedger(contents: Contents): Ledger {
  const read = async (path: string) => (await contents.read(path, ledgerBranch))?.bytes;

  return {
    async findEvidence(model, inputHash) {
      return (await findLatest(model, inputHash, read)).evidence;
    },
    async recordEvidence(evidence) {
      const content = formatRecord(evidence);
      const message = recordMessage(evidence);
      for (let attempt = 1; attempt <= maxAttempts; attempt++) {
        const { evidence: stored, nextPath } = await findLatest(evidence.model, evidence.inputHash, read);
        if (isSameRecord(stored, evidence)) return;
        const outcome = await append(contents, { branch: ledgerBranch, path: nextPath, content, message });
        if (outcome === "created") return;
        // Somebody else appended, or the answer was lost: look at what is there now, not all at the same moment.
        await sleep(Math.random() * Math.min(100 * 2 ** attempt, 5_000));
      }
      throw new GitHubError(
        `The record of model ${evidence.model} could not be added to branch ${ledgerBranch}: the branch moved ${maxAttempts} times meanwhile. Run this job again.`,
      );
    },
  };
}

type Append = Parameters<Contents["create"]>[0];

async function append(contents: Contents, request: Append): Promise<"created" | "conflict" | "exists" | "lost"> {
  try {
    const isThere = (await contents.branchTip(request.branch)) !== undefined;
    return isThere ? await contents.create(request) : await contents.createOrphanBranch(request);
  } catch (error) {
    if (isLostAnswer(error)) return "lost";
    throw error;
  }
}
