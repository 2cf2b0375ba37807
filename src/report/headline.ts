import { plural } from "./format.ts";
import { countWaived, type ModelStatus, statusOf } from "./model-status.ts";
import type { Report } from "./report.ts";

export interface Headline {
  status: ModelStatus;
  /** The verdict in a line, without an icon; ours alone, no foreign text. */
  title: string;
}

/** The verdict of the whole report. */
export function headline(report: Report): Headline {
  switch (report.verdict) {
    case "pending":
      return { status: "pending", title: `In progress: ${report.jobs.done} of ${plural(report.jobs.total, "job")} done` };
    case "waiting":
      return { status: "waiting", title: waitingTitle(report) };
    case "fail":
      return { status: "fail", title: failTitle(report) };
    case "inconclusive":
      return { status: "inconclusive", title: inconclusiveTitle(report) };
    case "pass":
      return passHeadline(report);
  }
}

function failTitle({ models }: Report): string {
  const failed = models.filter((model) => statusOf(model) === "fail");
  const judged = failed.filter(({ state }) => state.kind === "judged" || state.kind === "recorded");
  if (judged.length > 0 || failed.length === 0) return `Do not promote: ${share(failed.length, models.length)} blocked`;
  const all = (kind: string) => failed.every(({ state }) => state.kind === kind);
  const word = all("lost") ? "left no evidence" : all("withheld") ? "not trained" : "could not be trained or evaluated";
  return `Do not promote: ${share(failed.length, models.length)} ${word}`;
}

function waitingTitle({ models }: Report): string {
  const waiting = models.filter((model) => statusOf(model) === "waiting");
  const drafts = waiting.every(({ state }) => state.kind === "waiting" && state.waitsFor === "ready");
  const what = drafts ? "the pull request to be ready" : "somebody to ask for it";
  return `Not trained yet: ${share(waiting.length, models.length)} ${waiting.length === 1 ? "waits" : "wait"} for ${what}`;
}

function inconclusiveTitle({ models, law, onInconclusive, unverified }: Report): string {
  if (unverified !== undefined) return "Unverified: nobody can vouch for this run";
  if (law === null) return "No rules to judge by yet: an owner decides";
  const undecided = models.filter((model) => statusOf(model) === "inconclusive").length;
  const ending = onInconclusive === "allow" ? ", which the rules allow" : ": an owner decides";
  return `Inconclusive for ${share(undecided, models.length)}${ending}`;
}

function passHeadline({ models, event }: Report): Headline {
  const touched = models.filter((model) => statusOf(model) !== "unchanged");
  if (touched.length === 0) return { status: "unchanged", title: "Nothing to train: no model is touched" };
  const recorded = touched.filter((model) => statusOf(model) === "recorded").length;
  if (recorded === touched.length) {
    const title =
      event === "pull_request" ? "No baseline yet: it is recorded on merge, and comparison starts then" : "Baseline recorded";
    return { status: "recorded", title };
  }
  const gates = touched.reduce((sum, model) => sum + countWaived(model), 0);
  const waived = gates === 0 ? "" : `, ${plural(gates, "gate")} waived`;
  const passes = touched.length === 1 ? "passes" : "pass";
  return { status: "pass", title: `May be promoted: ${share(touched.length, touched.length)} ${passes}${waived}` };
}

function share(part: number, whole: number): string {
  return `${part} of ${plural(whole, "model")}`;
}
