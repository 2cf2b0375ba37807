import { shortDigest } from "../../src/evidence/digest.ts";
import type { Phrase, PhrasePart } from "../../src/markdown/phrase.ts";
import { shortSha } from "../../src/report/format.ts";
import type { JudgedState } from "../../src/report/report.ts";
import { expectModel } from "./arguments.ts";
import type { CommandDefinition } from "./command.ts";
import { decided } from "./decided.ts";
import type { CommandFacts } from "./facts.ts";
import { modelOf, needsAnother, needsKnownModel, needsOpen, needsOwner, needsShownHead, needsShownResult } from "./guards.ts";
import { accept, refuse } from "./outcome.ts";
import { expectWords } from "./words.ts";

export const approve: CommandDefinition<"approve"> = {
  usage: "/assay approve <model>",
  summary:
    "Accepts the shown result of a model where an owner has to decide; void once its inputs or its result change. Its owners.",
  parse: (words) => {
    const [model = ""] = words.positional;
    return expectWords(words, { positional: ["model"] }) ?? expectModel(model) ?? { name: "approve", model };
  },
  print: ({ model }) => `/assay approve ${model}`,
  decide: ({ model }, facts) => {
    const refusal =
      needsOpen(facts) ??
      needsKnownModel(model, facts) ??
      needsOwner(model, facts) ??
      needsAnother(facts, "approve it") ??
      needsShownHead(facts);
    if (refusal) return refusal;
    const state = modelOf(model, facts)?.state;
    if (state?.kind === "unchanged")
      return refuse([{ code: model }, " is not touched by the pull request: there is nothing to approve."]);
    if (state?.kind === "unverified") return refuse(unverified(model, facts));
    if (state?.kind !== "judged" && state?.kind !== "recorded")
      return refuse(["There is no result of ", { code: model }, " to approve: read what the report says of it first."]);
    const { evidence, trust } = state;
    if (evidence.seal === undefined)
      return refuse(["The result of ", { code: model }, " is not sealed: its evaluation did not end."]);
    if (trust === "fork" && !state.verified) return refuse(unverified(model, facts));
    const { resultDigest } = evidence.seal;
    const unseen = needsShownResult(model, facts, resultDigest);
    if (unseen) return unseen;
    const approval = {
      ...decided(facts),
      schema: "assay.approval/v1" as const,
      model,
      inputHash: evidence.inputHash,
      resultDigest,
      via: facts.via,
    };
    const isKnown = facts.decisions.some(
      (decision) =>
        decision.schema === "assay.approval/v1" &&
        decision.model === model &&
        decision.inputHash === approval.inputHash &&
        decision.resultDigest === resultDigest &&
        decision.by.id === approval.by.id,
    );
    return accept(
      [
        { code: model },
        isKnown ? " is approved already" : " is approved",
        " on ",
        { code: shortSha(approval.headSha) },
        ", result ",
        { code: shortDigest(resultDigest) },
        ".",
        ...(state.verdict.gates.length === 0 ? [] : whatStays(model, state)),
      ],
      { records: isKnown ? [] : [approval] },
    );
  },
};

function unverified(model: string, { pullRequest }: CommandFacts): Phrase {
  return [
    "What was reported of ",
    { code: model },
    " comes from the fork's own run, and nobody can vouch for it. Read the code, then have it trained here: ",
    { code: `/assay allow-fork ${pullRequest.head.sha}` },
    ".",
  ];
}

/** An approval is no waiver. */
function whatStays(model: string, { verdict }: JudgedState): PhrasePart[] {
  const left = verdict.gates.filter((gate) => gate.outcome !== "pass" && (gate.waiver === undefined || gate.waiver.expired));
  const [first] = left;
  if (first === undefined) return [];
  if (left.every(({ missing }) => missing)) return [" Gates without evidence stay as they are."];
  return [
    " That settles what an owner decides, not gates: ",
    { code: first.name },
    ` ${first.outcome === "fail" ? "failed" : "is inconclusive"}; to accept that, `,
    { code: `/assay waive ${model} <gate> --reason "…" --until YYYY-MM-DD` },
    ".",
  ];
}
