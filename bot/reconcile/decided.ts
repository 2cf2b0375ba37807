import * as z from "zod/mini";
import type { Judgement } from "../../src/flows/judge-run.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createDecisionLedger } from "../../src/ledger/branch-decisions.ts";
import type { Decision, DecisionLedger } from "../../src/ledger/decision.ts";
import { commandNames } from "../commands/registry.ts";
import type { InstalledRepository } from "../subject.ts";
import type { Context } from "./context.ts";
import { answersIn } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";

type Decided = Parameters<Judgement>[0];

/** What people decided and were answered, as far as the verdict needs it: the ledger is not read for what passes without it. */
export async function decidedFor(context: Context, state: PullRequestState, judgement: Judgement): Promise<Decided> {
  const { memory, pull } = state;
  const askedOwners = memory.mentioned.flatMap(({ owner, headSha }) => (headSha === pull.head.sha ? [] : [owner]));
  const app = { commands: commandNames, answers: answersIn(memory, pull.head.sha), askedOwners };
  if (memory.decisions === undefined && judgement({ app }).verdict === "pass") return { app };
  const decisions = await decisionsOf(context, state);
  return { app: { ...app, ignored: memory.ignored }, decisions };
}

/** Decisions about the pull request: of the ledger, and remembered from then on, since only the app adds to them. */
export async function decisionsOf(context: Context, state: PullRequestState): Promise<readonly Decision[]> {
  const { memory, subject, github } = state;
  if (memory.decisions) return memory.decisions;
  const { decisions, ignored, isWhole } = await readDecisions(context, github, subject.repository, subject.number);
  memory.ignored = [...ignored];
  // Nothing of a branch that was rewritten counts, until it is put right: that is seen by looking again.
  if (isWhole) memory.decisions = [...decisions];
  return decisions;
}

export async function readDecisions(context: Context, github: GitHub, repository: InstalledRepository, number: number) {
  const found = await (await decisionLedger(context, github, repository)).ofPullRequest(number);
  for (const reason of found.ignored) context.log(`Ledger of ${repository.id}: ${reason}`);
  return found;
}

export async function decisionLedger(
  { store }: Context,
  github: GitHub,
  repository: InstalledRepository,
): Promise<DecisionLedger> {
  const key = `${repository.id}/ledger-tip`;
  return createDecisionLedger({
    contents: github.contents,
    repositoryId: repository.id,
    bot: (await github.comments.viewer()).login,
    tip: {
      recall: async () => z.string().safeParse(await store.recall(key)).data,
      remember: (sha) => store.remember(key, sha),
    },
  });
}
