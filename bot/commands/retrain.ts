import { shortSha } from "../../src/report/format.ts";
import { trainingsOf } from "../../src/spec/law.ts";
import { expectModel, expectSeeds } from "./arguments.ts";
import type { CommandDefinition } from "./command.ts";
import type { CommandFacts } from "./facts.ts";
import { isAllowed, isFork, modelOf, needsKnownModel, needsOpen, needsShownHead, needsWrite } from "./guards.ts";
import { accept, type Outcome, refuse } from "./outcome.ts";
import { expectWords } from "./words.ts";

export const retrain: CommandDefinition<"retrain"> = {
  usage: "/assay retrain [model] [--seeds n]",
  summary: "Trains the current head again, one model or all that it touches. Whoever has write permission.",
  parse: (words) => {
    const [model] = words.positional;
    const seeds = words.options.get("seeds");
    const wrong =
      expectWords(words, { positional: ["model"], optional: true, options: ["seeds"] }) ??
      (model === undefined ? undefined : expectModel(model)) ??
      (seeds === undefined ? undefined : expectSeeds(seeds));
    return (
      wrong ?? { name: "retrain", ...(model !== undefined && { model }), ...(seeds !== undefined && { seeds: Number(seeds) }) }
    );
  },
  print: ({ model, seeds }) =>
    ["/assay retrain", ...(model === undefined ? [] : [model]), ...(seeds === undefined ? [] : [`--seeds ${seeds}`])].join(" "),
  decide: ({ model, seeds }, facts) => {
    const refusal =
      needsOpen(facts) ??
      needsWrite(facts) ??
      // Nothing shown is no reason against: there may be no report because the run was lost.
      (facts.shownSha === undefined ? undefined : needsShownHead(facts)) ??
      needsAllowedFork(facts) ??
      (model === undefined ? undefined : (needsKnownModel(model, facts) ?? needsTraining(model, facts))) ??
      needsEnoughSeeds(model, seeds, facts);
    if (refusal) return refusal;
    const what = model === undefined ? "all models that the change touches" : model;
    return accept(
      [
        "Training of ",
        model === undefined ? what : { code: what },
        " on ",
        { code: shortSha(facts.pullRequest.head.sha) },
        " is asked for.",
      ],
      { dispatch: { model, seeds, again: true } },
    );
  },
};

/** Whoever has write permission can run code here by pushing it; of a fork's code an owner decides. */
function needsAllowedFork(facts: CommandFacts): Outcome | undefined {
  const { sha } = facts.pullRequest.head;
  if (!isFork(facts) || isAllowed(facts)) return undefined;
  return refuse([
    "The head comes from a fork: it is trained once an owner has read the code and allowed it by ",
    { code: `/assay allow-fork ${sha}` },
    ".",
  ]);
}

function needsTraining(name: string, facts: CommandFacts): Outcome | undefined {
  const state = modelOf(name, facts)?.state;
  if (state?.kind === "unchanged")
    return refuse([{ code: name }, " is not touched by the pull request: there is nothing to train."]);
  if (state?.kind === "pending")
    return refuse([{ code: name }, " is being trained right now: wait for that, or cancel its run first."]);
  return undefined;
}

function needsEnoughSeeds(model: string | undefined, seeds: number | undefined, { law }: CommandFacts): Outcome | undefined {
  if (seeds === undefined) return undefined;
  const asked = [...(law?.models.values() ?? [])].filter(({ name }) => model === undefined || name === model).map(trainingsOf);
  const most = Math.max(1, ...asked);
  return seeds >= most ? undefined : refuse(`The base branch asks for ${most} seeds: fewer would be inconclusive.`);
}
