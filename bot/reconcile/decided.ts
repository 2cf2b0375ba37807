import * as z from "zod/mini";
import type { Judgement } from "../../src/flows/judge-run.ts";
import type { GitHub } from "../../src/github/github.ts";
import { createDecisionLedger } from "../../src/ledger/branch-decisions.ts";
import type { Decided, Decision, DecisionLedger } from "../../src/ledger/decision.ts";
import { commandNames } from "../commands/registry.ts";
import type { InstalledRepository } from "../subject.ts";
import type { Context } from "./context.ts";
import { answersIn, type Memory } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";
import { ledgerTipKey } from "./remembered.ts";

/** What people decided and were answered, as far as the verdict needs it: the ledger is not read for what passes without it. */
export async function decidedFor(
  context: Context,
  state: PullRequestState,
  judgement: Judgement,
): Promise<Parameters<Judgement>[0]> {
  const { memory, pull } = state;
  const askedOwners = memory.mentioned.flatMap(({ owner, headSha }) => (headSha === pull.head.sha ? [] : [owner]));
  const app = { commands: commandNames, answers: answersIn(memory, pull.head.sha), askedOwners };
  // What is there may have to be shown.
  const isNeeded = (memory.decided?.decisions.length ?? 0) > 0 || judgement({ app }).verdict !== "pass";
  if (!isNeeded) return { app };
  const { decisions, ignored } = await decidedOf(context, state);
  return { app: { ...app, ignored }, decisions };
}

/** Decisions about the pull request, read once a look, and anew only when the ledger has moved on since they were read last. */
export async function decidedOf(context: Context, state: PullRequestState): Promise<NonNullable<PullRequestState["decided"]>> {
  const { memory, subject, github } = state;
  if (state.decided) return state.decided;
  const found = await readDecisions(context, github, subject.repository, subject.number, memory.decided);
  state.decided = found;
  // Nothing of a branch that was rewritten counts, until it is put right: that is seen by looking again.
  memory.decided = found.isWhole ? remembered(found) : undefined;
  return found;
}

/** Appends what was decided. */
export async function recordDecisions(context: Context, state: PullRequestState, records: readonly Decision[]): Promise<void> {
  const { github, subject, memory } = state;
  const known = await decidedOf(context, state);
  const ledger = await decisionLedger(context, github, subject.repository);
  // Whatever comes of it, what was read before does not hold any more.
  state.decided = memory.decided = undefined;
  let { tip } = known;
  for (const record of records) {
    tip = await ledger.record(record);
    context.effect("decision", "recorded");
  }
  state.decided = { ...known, tip, decisions: [...known.decisions, ...records] };
  memory.decided = remembered(state.decided);
}

function remembered({ tip, decisions, ignored }: Decided): Memory["decided"] {
  return { tip, decisions: [...decisions], ignored: [...ignored] };
}

export async function readDecisions(
  context: Context,
  github: GitHub,
  repository: InstalledRepository,
  number: number,
  known?: Decided,
) {
  const found = await (await decisionLedger(context, github, repository)).ofPullRequest(number, known);
  for (const reason of found.ignored) context.log(`Ledger of ${repository.id}: ${reason}`);
  return found;
}

async function decisionLedger({ store }: Context, github: GitHub, repository: InstalledRepository): Promise<DecisionLedger> {
  const key = ledgerTipKey(repository);
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
