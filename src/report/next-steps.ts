import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { decisionSteps, isOpenByGates, retrainCommand, waiveStep } from "./app-steps.ts";
import { standingOf } from "./gate-standing.ts";
import { baseName } from "./law.ts";
import { gatesWorstFirst, statusOf } from "./model-status.ts";
import { isByHand, type ModelReport, type Report } from "./report.ts";

const maxOwners = 5;

/** What a person can do now; commands only where the app answers them. */
export function nextSteps(report: Report): Phrase[] {
  const of = (status: string) => report.models.filter((model) => statusOf(model) === status);
  const steps: Phrase[] = [];
  const jobs = of("fail").filter(({ state }) => state.kind === "failed");
  const lost = of("fail").filter(({ state }) => state.kind === "lost");
  const failed = of("fail").filter(({ state }) => state.kind === "judged" || state.kind === "recorded");
  const undecided = of("inconclusive").filter((model) => report.app === undefined || isOpenByGates(report, model));
  const unevaluated = of("fail").filter(({ state }) => state.kind === "unevaluated");
  if (jobs.length > 0) {
    if (isByHand(report)) steps.push(["Mend what is said of ", ...names(jobs), ", then train and evaluate again."]);
    else steps.push(["Read the log of ", ...names(jobs), ", mend what it says, and push again."]);
  }
  if (unevaluated.length > 0) steps.push(["Train and evaluate ", ...names(unevaluated), "."]);
  if (lost.length > 0) {
    const run: PhrasePart = report.links.run ? { link: "run", to: report.links.run } : "run";
    steps.push([
      "Re-run the failed jobs of the ",
      run,
      ": ",
      ...names(lost),
      " left no evidence, which says nothing about the model.",
      ...orRetrain(report, lost),
    ]);
  }
  if (failed.length > 0) {
    const page: PhrasePart[] = report.links.page ? [" in the ", { link: "full report", to: report.links.page }] : [];
    steps.push(["Look closer at ", ...names(failed), ...page, ": what changed in the inputs, and where the errors moved."]);
    const waive = waiveStep(report, failed);
    if (waive) steps.push(waive);
    else
      steps.push([
        "If the loss is wanted, its gate has to change or be waived first, in a pull request of its own to ",
        baseName(report),
        ...owners(failed),
        ".",
      ]);
  }
  steps.push(...waitingSteps(of("waiting")));
  steps.push(...decisionSteps(report));
  if (undecided.length > 0) steps.push(...undecidedSteps(report, undecided));
  if (report.verdict === "pass" && report.event === "pull_request" && steps.length === 0) {
    const touched = report.models.some((model) => statusOf(model) !== "unchanged");
    const isBaseline = "Merging makes this the baseline of later changes; it does not promote anything.";
    const waived = waivedSentence(report);
    if (waived) steps.push(["Review what is waived, and merge if that is right. ", ...waived, ` ${isBaseline}`]);
    else if (touched) steps.push(`Review and merge. ${isBaseline}`);
  }
  return steps;
}

const maxWaived = 3;

/** What counts as met only because somebody took it as it is; undefined where nothing does. */
function waivedSentence({ models }: Report): PhrasePart[] | undefined {
  const all = models.flatMap((model) => {
    const waived = gatesWorstFirst(model).filter((gate) => standingOf(gate) === "waived");
    // The worst of a gate's slices.
    const byGate = Map.groupBy(waived, ({ waiver }) => waiver?.gate);
    return [...byGate.values()].flatMap(([gate]) => (gate?.waiver ? [{ ...gate, model: model.name, waiver: gate.waiver }] : []));
  });
  if (all.length === 0) return undefined;
  const shown = all
    .slice(0, maxWaived)
    .flatMap(({ model, outcome, waiver }, index): PhrasePart[] => [
      index === 0 ? "" : "; ",
      { code: waiver.gate },
      " of ",
      { code: model },
      outcome === "fail" ? " is not met" : " is inconclusive",
      ", which ",
      { code: waiver.by },
      ` accepts until ${waiver.until}`,
    ]);
  return [...shown, all.length > maxWaived ? `; and ${all.length - maxWaived} more.` : "."];
}

/** One a thing to do. */
function waitingSteps(waiting: readonly ModelReport[]): Phrase[] {
  const byWish = Map.groupBy(waiting, ({ state }) => (state.kind === "waiting" ? JSON.stringify(state.waitsFor) : ""));
  return [...byWish.values()].map((models): Phrase => {
    const state = models[0]?.state;
    const label = state?.kind === "waiting" && state.waitsFor !== "ready" ? state.waitsFor.label : undefined;
    const wish: PhrasePart[] =
      label === undefined ? ["Mark the pull request ready for review"] : ["Add the label ", { code: label }];
    return [...wish, " to have ", ...names(models), " trained."];
  });
}

function undecidedSteps(report: Report, undecided: readonly ModelReport[]): Phrase[] {
  if (report.law === null && report.app) return [];
  if (report.law === null) return [["An owner reviews the new ", { code: "assay.yml" }, ...owners(undecided), "."]];
  const more: Phrase = [
    "Decide ",
    ...names(undecided),
    ": more test rows narrow an interval, and each inconclusive gate says what it lacks.",
  ];
  if (report.onInconclusive === "allow") return [more];
  const waive = waiveStep(report, undecided);
  if (waive) return [more, waive];
  return [
    more,
    [
      "Until then the check asks for an owner",
      ...owners(undecided),
      ". ",
      { code: "on-inconclusive: allow" },
      " on ",
      baseName(report),
      " would let such changes through.",
    ],
  ];
}

function orRetrain(report: Report, models: readonly ModelReport[]): PhrasePart[] {
  const command = retrainCommand(report, models);
  return command === undefined ? [] : [" Or have it trained anew: ", { code: command }, "."];
}

function names(models: readonly ModelReport[]): PhrasePart[] {
  const shown = models.slice(0, maxOwners).flatMap(({ name }, index): PhrasePart[] => [index === 0 ? "" : ", ", { code: name }]);
  return models.length > maxOwners ? [...shown, ` and ${models.length - maxOwners} more`] : shown;
}

/** `, owned by @acme/risk`; nobody is notified by it. */
function owners(models: readonly ModelReport[]): PhrasePart[] {
  const all = [...new Set(models.flatMap((model) => model.owners))];
  if (all.length === 0) return [];
  const shown = all.slice(0, maxOwners).flatMap((owner, index): PhrasePart[] => [index === 0 ? "" : ", ", { code: owner }]);
  return [" (owned by ", ...shown, all.length > maxOwners ? ` and ${all.length - maxOwners} more)` : ")"];
}
