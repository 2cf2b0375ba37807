import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import { modelsToApprove } from "./approvals.ts";
import { commandWord } from "./command-line.ts";
import { standingOf } from "./gate-standing.ts";
import { gatesWorstFirst, statusOf } from "./model-status.ts";
import type { ModelReport, Report } from "./report.ts";

const maxNamed = 5;

/** Whether the command can be typed here. */
export function canType(report: Report, command: string): boolean {
  return report.app?.commands.includes(command) ?? false;
}

/** What only a person's word can settle, one a thing to do. */
export function decisionSteps(report: Report): Phrase[] {
  return [...unverifiedSteps(report), ...approvalSteps(report)];
}

function unverifiedSteps(report: Report): Phrase[] {
  if (report.unverified === undefined) return [];
  if (report.pullRequest?.fromFork && canType(report, "allow-fork"))
    return [
      [
        "A model owner reads the fork's code, then has this very commit trained on this repository's machines: ",
        { code: `/assay allow-fork ${report.headSha}` },
        ". The next push asks again.",
      ],
    ];
  if (!report.pullRequest?.fromFork && canType(report, "retrain"))
    return [["Have it trained by the base branch's workflow: ", { code: "/assay retrain" }, "."]];
  return [];
}

function approvalSteps(report: Report): Phrase[] {
  if (!canType(report, "approve")) return [];
  return modelsToApprove(report)
    .slice(0, maxNamed)
    .map((model): Phrase => {
      const button = modelsToApprove(report).length === 1 ? ", the button of the check" : "";
      return [
        ...deciders(report, model),
        " looks at ",
        { code: model.name },
        " and, if its result is to be accepted, says so: ",
        { code: `/assay approve ${model.name}` },
        `${button}, or an approving review of this head.`,
      ];
    });
}

/** Owners that the report asks by a mention. */
export function mentionedOwners(report: Report): string[] {
  if (!canType(report, "approve")) return [];
  const wanted = modelsToApprove(report)
    .slice(0, maxNamed)
    .flatMap((model) => othersOf(report, model).slice(0, maxNamed));
  return [...new Set(wanted)].filter((owner) => !report.app?.askedOwners.includes(owner));
}

/** Nobody decides on their own change. */
function othersOf({ pullRequest }: Report, { owners, isNew }: ModelReport): string[] {
  return isNew ? [] : owners.filter((owner) => owner.toLowerCase() !== `@${pullRequest?.author ?? ""}`.toLowerCase());
}

/** The base branch's owners, asked by a mention unless they were asked already. */
function deciders(report: Report, model: ModelReport): PhrasePart[] {
  const { owners, isNew } = model;
  if (isNew || owners.length === 0) return ["A maintainer of this repository other than the author"];
  const others = othersOf(report, model);
  if (others.length === 0) return ["Another owner, whom the base branch has to name first,"];
  const shown = others
    .slice(0, maxNamed)
    .flatMap((owner, index): PhrasePart[] => [
      index === 0 ? "" : " or ",
      report.app?.askedOwners.includes(owner) ? { code: owner } : { mention: owner },
    ]);
  return shown;
}

/** How the gates that are not met can be accepted on this pull request; undefined where none can. */
export function waiveStep(report: Report, models: readonly ModelReport[]): Phrase | undefined {
  if (!canType(report, "waive")) return undefined;
  const unmet = models.flatMap((model) =>
    model.isNew
      ? []
      : gatesWorstFirst(model).flatMap((gate) =>
          gate.missing || ["pass", "waived"].includes(standingOf(gate)) ? [] : [{ model, gate }],
        ),
  );
  const [first] = unmet;
  if (first === undefined) return undefined;
  const name = commandWord(first.gate.name);
  const line = `/assay waive ${first.model.name} ${name.length > 60 ? "<gate>" : name} --reason "…" --until YYYY-MM-DD`;
  return [
    "An owner of ",
    { code: first.model.name },
    " can accept a gate as it is, on this pull request and until a day: ",
    { code: line },
    ".",
  ];
}

/** Undefined where training cannot be asked for. */
export function retrainCommand(report: Report, models: readonly ModelReport[]): string | undefined {
  if (!canType(report, "retrain") || report.pullRequest?.fromFork) return undefined;
  const [only] = models;
  return models.length === 1 && only ? `/assay retrain ${only.name}` : "/assay retrain";
}

/** Models whose gates leave it open, and that an approval alone does not settle. */
export function isOpenByGates(report: Report, model: ModelReport): boolean {
  if (statusOf(model) !== "inconclusive" || model.state.kind === "unverified") return false;
  const isWanted = modelsToApprove(report).includes(model);
  return !isWanted || (!model.isNew && gatesWorstFirst(model).some((gate) => standingOf(gate) === "inconclusive"));
}
