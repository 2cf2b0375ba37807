import { setTimeout as sleep } from "node:timers/promises";
import { AssayError, GitHubError, UsageError } from "../errors/errors.ts";
import type { CommitFacts, Contents } from "../github/contents.ts";
import { appendRecord } from "./append.ts";
import type { Decision, DecisionLedger } from "./decision.ts";
import {
  decisionMessage,
  decisionPath,
  formatDecision,
  isAboutPullRequest,
  maxRecordsOfDecision,
  parseDecision,
} from "./decision-record.ts";
import { ledgerBranch } from "./ledger.ts";

export interface DecisionLedgerOptions {
  contents: Contents;
  repositoryId: number;
  /** The account that the app writes as, `assay[bot]`. */
  bot: string;
  /** The branch's tip as the app saw it last: a branch that does not have it any more was rewritten. */
  tip: { recall(): Promise<string | undefined>; remember(sha: string): Promise<void> };
}

/** GitHub can answer with an older tip for a moment: what is refused for good is looked at again. */
const lags = [1_000, 2_000];

/** Records of one pull request that are looked at; who can push could add any number. */
const maxRecords = 100;

/**
 * Decisions on the ledger branch. Whoever can push can add files there, so a record counts only when the app's own commit, which
 * GitHub signed, added it, and nothing has touched it since.
 */
export function createDecisionLedger({ contents, repositoryId, bot, tip }: DecisionLedgerOptions): DecisionLedger {
  const isOwn = ({ author, verified, parents }: CommitFacts) => author === bot && verified && parents.length <= 1;

  /** @returns why it does not count, a sentence */
  async function readRecord(path: string, ref: string): Promise<Decision | string> {
    const commits = await contents.history(path, ref, 2);
    if (commits.length !== 1) return `${path} was changed after it was recorded.`;
    if (!commits.every(isOwn)) return `${path} was not recorded by the app.`;
    const file = await contents.peek(path, ref);
    if (file === undefined) return `${path} is gone.`;
    if (file.bytes === undefined) return `${path} is larger than any decision.`;
    try {
      const decision = parseDecision(file.bytes, path);
      return decision.repositoryId === repositoryId ? decision : `${path} was recorded for another repository.`;
    } catch (error) {
      if (error instanceof AssayError && !(error instanceof GitHubError)) return error.message;
      throw error;
    }
  }

  /** Remembers the tip where it goes on from the one that was seen last. */
  async function look(): Promise<{ current: string | undefined; rewritten?: string | undefined }> {
    const known = await tip.recall();
    const current = await contents.branchTip(ledgerBranch);
    if (known !== undefined && (current === undefined || !(await goesOnFrom(contents, known, current)))) {
      const rewritten = `Branch ${ledgerBranch} was rewritten: it does not have ${known} any more. No decision in it counts, and none is added, until it does.`;
      return { current, rewritten };
    }
    if (current !== undefined && current !== known) await tip.remember(current);
    return { current };
  }

  async function refuseRewritten(): Promise<string | undefined> {
    for (const milliseconds of lags) {
      const { current, rewritten } = await look();
      if (rewritten === undefined) return current;
      await sleep(milliseconds);
    }
    const { current, rewritten } = await look();
    if (rewritten === undefined) return current;
    throw new UsageError(rewritten);
  }

  return {
    async record(decision) {
      await refuseRewritten();
      await appendRecord(contents, {
        content: formatDecision(decision),
        message: decisionMessage(decision),
        what: `decision of ${decision.by.login} about #${decision.pullRequest}`,
        async place() {
          for (let number = 1; number <= maxRecordsOfDecision; number++) {
            const path = decisionPath(decision, number);
            if ((await contents.peek(path, ledgerBranch)) === undefined) return path;
            if (typeof (await readRecord(path, ledgerBranch)) !== "string") return undefined;
          }
          throw new GitHubError(
            `${decisionPath(decision)} and its next numbers on branch ${ledgerBranch} are files that the app did not write. Remove them.`,
          );
        },
      });
      // Else nobody would miss the first record before another was looked for.
      const current = await refuseRewritten();
      if (current !== undefined) return current;
      throw new GitHubError(`Branch ${ledgerBranch} is not there after a record was added to it.`);
    },
    async ofPullRequest(number, known) {
      const { current, rewritten } = await look();
      if (rewritten !== undefined) return { tip: current, decisions: [], ignored: [rewritten], isWhole: false };
      if (known && known.tip === current) return { ...known, isWhole: true };
      if (current === undefined) return { decisions: [], ignored: [], isWhole: true };
      const all = (await contents.list("", current)).filter((path) => isAboutPullRequest(path, number));
      const decisions: Decision[] = [];
      const ignored = all.length > maxRecords ? [`There are ${all.length} records: only ${maxRecords} are read.`] : [];
      for (const path of all.slice(0, maxRecords)) {
        const read = await readRecord(path, current);
        if (typeof read === "string") ignored.push(read);
        else decisions.push(read);
      }
      return { tip: current, decisions: decisions.toSorted((a, b) => (a.at < b.at ? -1 : 1)), ignored, isWhole: true };
    },
  };
}

async function goesOnFrom(contents: Contents, known: string, current: string): Promise<boolean> {
  return known === current || (await contents.isAncestor(known, current));
}
