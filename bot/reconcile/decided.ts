import * as z from "zod/mini";
import type { Judgement } from "../../src/flows/judge-run.ts";
import { createDecisionLedger } from "../../src/ledger/branch-decisions.ts";
import type { Decision, DecisionLedger } from "../../src/ledger/decision.ts";
import { commandNames } from "../commands/registry.ts";
import type { Context } from "./context.ts";
import { answersIn } from "./memory.ts";
import type { PullRequestState } from "./pull-request.ts";

type Decided = Parameters<Judgement>[0];

/** What people decided and were answered, as far as the verdict needs it: the ledger is not read for what passes without it. */
export async function decidedFor(context: Context, state: PullRequestState, judgement: Judgement): Promise<Decided> {
  const answers = answersIn(state.memory);
  const bare: Decided = { app: { commands: commandNames, answers, askedOwners: [] } };
  if (state.memory.decisions === undefined && judgement(bare).verdict === "pass") return bare;
  return { ...bare, decisions: await decisionsOf(context, state) };
}

/** Decisions about the pull request: of the ledger, and remembered from then on, since only the app adds to them. */
export async function decisionsOf(context: Context, state: PullRequestState): Promise<readonly Decision[]> {
  const { memory, subject } = state;
  if (memory.decisions) return memory.decisions;
  const { decisions, ignored } = await (await decisionLedger(context, state)).ofPullRequest(subject.number);
  for (const reason of ignored) context.log(`Ledger of ${subject.repository.id}: ${reason}`);
  memory.decisions = [...decisions];
  return decisions;
}

export async function decisionLedger({ store }: Context, { github, subject }: PullRequestState): Promise<DecisionLedger> {
  const key = `${subject.repository.id}/ledger-tip`;
  return createDecisionLedger({
    contents: github.contents,
    repositoryId: subject.repository.id,
    bot: (await github.comments.viewer()).login,
    tip: {
      recall: async () => z.string().safeParse(await store.recall(key)).data,
      remember: (sha) => store.remember(key, sha),
    },
  });
}
