import type { GateResult } from "../../src/gates/verdict.ts";
import type { Decision } from "../../src/ledger/decision.ts";
import { commandWord } from "../../src/report/command-line.ts";
import { didYouMean } from "../../src/spec/did-you-mean.ts";
import { isSliceOf, nameOfGate } from "../../src/spec/gate-name.ts";
import { expectDay, expectModel, quoted } from "./arguments.ts";
import type { CommandDefinition, CommandOf } from "./command.ts";
import { decided } from "./decided.ts";
import type { CommandFacts } from "./facts.ts";
import {
  codes,
  modelOf,
  needsAnother,
  needsKnownModel,
  needsOpen,
  needsOwner,
  needsShownHead,
  needsShownResult,
} from "./guards.ts";
import { accept, askAgain, type Outcome, refuse } from "./outcome.ts";
import { expectWords } from "./words.ts";

const maxGate = 1_000;
const maxReason = 2_000;

export const waive: CommandDefinition<"waive"> = {
  usage: '/assay waive <model> <gate> --reason "…" --until YYYY-MM-DD',
  summary:
    "Accepts on this pull request that a gate failed or is inconclusive, until the end of that day (UTC). The model's owners.",
  parse: (words) => {
    const [model = "", gate = ""] = words.positional;
    const reason = words.options.get("reason");
    const until = words.options.get("until");
    const wrong = expectWords(words, { positional: ["model", "gate"], options: ["reason", "until"] }) ?? expectModel(model);
    if (wrong !== undefined) return wrong;
    if (gate === "" || gate.length > maxGate) return `${quoted(gate)} cannot be the name of a gate.`;
    if (reason === undefined) return 'The reason is missing: --reason "…".';
    if (reason.trim() === "" || reason.length > maxReason) return `A reason has 1 to ${maxReason} characters.`;
    if (until === undefined) return "The last day is missing: --until YYYY-MM-DD.";
    return expectDay(until) ?? { name: "waive", model, gate, reason, until };
  },
  print: ({ model, gate, reason, until }) =>
    `/assay waive ${model} ${commandWord(gate)} --reason "${reason.replace(/["\\]/g, "\\$&")}" --until ${until}`,
  decide: (command, facts) => {
    const { model, gate, reason, until } = command;
    const refusal =
      needsOpen(facts) ??
      needsKnownModel(model, facts) ??
      needsOwner(model, facts) ??
      needsAnother(facts, "waive a gate of it") ??
      needsShownHead(facts) ??
      needsKnownGate(command, facts) ??
      needsNearDay(until, facts) ??
      needsUnmetGate(command, facts) ??
      needsShownResult(model, facts);
    if (refusal) return refusal;
    const waiver = { ...decided(facts), schema: "assay.waiver/v1" as const, model, gate, reason, until };
    const isKnown = facts.decisions.some((decision) => isSameWaiver(decision, waiver));
    return accept(
      [
        { code: gate },
        " of ",
        { code: model },
        isKnown ? " is waived already" : " is waived",
        ` on this pull request until ${until}. It never counts for another one.`,
      ],
      { records: isKnown ? [] : [waiver] },
    );
  },
};

function isSameWaiver(decision: Decision, waiver: Extract<Decision, { schema: "assay.waiver/v1" }>): boolean {
  if (decision.schema !== waiver.schema) return false;
  const terms = ({ model, gate, reason, until, by }: typeof waiver) => JSON.stringify([model, gate, reason, until, by.id]);
  return terms(decision) === terms(waiver);
}

/** The base branch's gates: those of the head decide nothing. */
function needsKnownGate({ model, gate }: CommandOf<"waive">, { law }: CommandFacts): Outcome | undefined {
  const gates = law?.models.get(model)?.gates;
  if (gates === undefined)
    return refuse([
      "The base branch has no gates for ",
      { code: model },
      ": an owner decides, by ",
      { code: `/assay approve ${model}` },
      ".",
    ]);
  const names = gates.map(nameOfGate);
  if (names.includes(gate) || gates.some((known) => isSliceOf(gate, known))) return undefined;
  if (names.length === 0) return refuse([{ code: model }, " has no gate to waive."]);
  const meant = didYouMean(gate, names);
  return askAgain([
    { code: gate },
    " is no gate of ",
    { code: model },
    ...(meant === undefined
      ? [". Its gates are ", ...codes(names), "."]
      : [". Did you mean ", { code: commandWord(meant) }, "?"]),
  ]);
}

function needsNearDay(until: string, { now }: CommandFacts): Outcome | undefined {
  const today = now.toISOString().slice(0, 10);
  const last = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  if (until < today) return refuse(`${until} is over: a waiver lasts until today or later.`);
  return until > last ? refuse(`${until} is more than a year ahead: a waiver lasts until ${last} at most.`) : undefined;
}

function needsUnmetGate({ model, gate }: CommandOf<"waive">, facts: CommandFacts): Outcome | undefined {
  const state = modelOf(model, facts)?.state;
  if (state?.kind !== "judged" && state?.kind !== "recorded")
    return refuse([
      "There is no result of ",
      { code: model },
      " whose gates could be waived: read what the report says of it first.",
    ]);
  const results = state.verdict.gates.filter((result) => result.name === gate || nameOfGate(result.gate) === gate);
  if (results.length === 0) return refuse([{ code: gate }, " was not judged on this head: there is nothing to waive."]);
  if (results.every(({ outcome }) => outcome === "pass")) return refuse([{ code: gate }, " passed: there is nothing to waive."]);
  const unmet = results.filter(({ outcome }) => outcome !== "pass");
  return unmet.every(isMissing)
    ? refuse([
        { code: gate },
        " lacks evidence, which nobody can waive: ",
        unmet[0]?.note ?? "",
        ". Have it trained again: ",
        { code: `/assay retrain ${model}` },
        ".",
      ])
    : undefined;
}

function isMissing({ missing }: GateResult): boolean {
  return missing === true;
}
