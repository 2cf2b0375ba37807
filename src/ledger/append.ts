import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { Contents } from "../github/contents.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import { ledgerBranch } from "./ledger.ts";

const maxAttempts = 10;

export interface NewRecord {
  content: string;
  /** The commit's. */
  message: string;
  /** For people, in errors: `record of model fraud`. */
  what: string;
  /** Looks at the branch as it is now. @returns where the record goes; undefined when it is there already */
  place(): Promise<string | undefined>;
}

/** Adds one file to the ledger branch with one commit, and the branch with its first. Nothing is ever overwritten. */
export async function appendRecord(contents: Contents, { content, message, what, place }: NewRecord): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const path = await place();
    if (path === undefined) return;
    const outcome = await append(contents, { branch: ledgerBranch, path, content, message });
    if (outcome === "created") return;
    // Somebody else appended, or the answer was lost: look at what is there now, not all at the same moment.
    await sleep(Math.random() * Math.min(100 * 2 ** attempt, 5_000));
  }
  throw new GitHubError(
    `The ${what} could not be added to branch ${ledgerBranch}: the branch moved ${maxAttempts} times meanwhile. Run this job again.`,
  );
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
