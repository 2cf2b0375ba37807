import { isTogetherDrifted, type Together } from "../drift/together.ts";
import type { DriftResult } from "../evidence/data-evidence.ts";
import { digestOf, shortDigest } from "../evidence/digest.ts";
import { alarmsOf, type LiveFindings } from "../gates/live-alarms.ts";
import { alert } from "../markdown/blocks.ts";
import { codeSpan, escapeInline, link, visible } from "../markdown/escape.ts";
import { phraseToMarkdown } from "../markdown/phrase.ts";
import { isModelJudged } from "../monitoring/worse-windows.ts";
import { driftSummary } from "./drift.ts";
import { type DriftMemory, memoryLine } from "./drift-memory.ts";
import { plural } from "./format.ts";
import { driftBlocks } from "./markdown-drift.ts";
import { monitoredBlocks } from "./markdown-monitored.ts";
import { monitoredSummary } from "./monitored.ts";
import { togetherPhrase } from "./together.ts";

/** Live data beside its reference, as it is watched. */
export interface WatchedDrift extends LiveFindings {
  /** What is watched: there is one issue a name. */
  name: string;
  /** What the data is compared with, for people: a path, or the training data of a model. */
  reference: string;
  current: string;
  result: DriftResult;
}

export const driftLabel = {
  name: "data-drift",
  color: "fbca04",
  description: "Live data is no longer like the data that a model was trained on",
};

/** Of the issue about what is watched under that name; first line of its body. */
export function driftMarker(name: string): string {
  return `<!-- assay:drift v1 ${shortDigest(digestOf(name), 16)} -->`;
}

export function driftTitle(name: string): string {
  return `Data drift: ${visible(name, 150)}`;
}

/** @param retraining name of the workflow's file that was started for what drifted */
export function renderDriftIssue(
  watched: WatchedDrift,
  memory: DriftMemory,
  { runUrl, retraining }: { runUrl: string; retraining: string | undefined },
): string {
  const body =
    memory.state === "gone"
      ? goneBlocks(watched, runUrl)
      : [
          ...driftReport(watched),
          ...(retraining === undefined || memory.retrained.length === 0
            ? []
            : [`**Retraining**: ${codeSpan(retraining)} was started for what drifted.`]),
          link("The run, with every column on its page", runUrl),
          "This issue is kept up to date, and closed when the drift is gone. To accept what drifted, close it: it is opened again when another column drifts, when the reference changes, or when the drift comes back after it was gone.",
        ];
  return [`${driftMarker(watched.name)}\n${memoryLine(memory)}`, ...body].join("\n\n");
}

function goneBlocks(watched: WatchedDrift, runUrl: string): string[] {
  return [alert("NOTE", [`✅ **The drift is gone**: ${said(watched)}`]), sides(watched), link("The run that saw it", runUrl)];
}

/** For the job's summary and the issue. */
export function driftReport(watched: WatchedDrift): string[] {
  return [
    headOf(watched),
    sides(watched),
    ...driftBlocks(watched.result, { before: "Reference", now: "Current" }),
    ...togetherBlocks(watched.together),
    ...monitoredBlocks(watched.monitored),
  ];
}

function headOf(watched: WatchedDrift): string {
  if (alarmsOf(watched).length > 0) return alert("WARNING", [`▲ **Drift**: ${said(watched)}`]);
  const isWholeAnswer = watched.monitored === undefined || isModelJudged(watched.monitored);
  return `${isWholeAnswer ? "✅ **No drift**" : "❔ **No drift, and the model is not judged**"}: ${said(watched)}`;
}

function togetherBlocks(together: Together | undefined): string[] {
  if (together === undefined) return [];
  const head = isTogetherDrifted(together) ? "▲ **All columns together drifted**" : "**All columns together**";
  return [`${head}: ${phraseToMarkdown(togetherPhrase(together))}`];
}

function said({ result, current, maxDrifted, together, monitored }: WatchedDrift): string {
  const allowed = maxDrifted === 0 ? "" : ` ${plural(maxDrifted, "column")} may.`;
  const beside = isTogetherDrifted(together) ? " All columns together drifted." : "";
  const inUse = monitored === undefined ? "" : ` The model is ${escapeInline(monitoredSummary(monitored), 1_000)}.`;
  return `${phraseToMarkdown(driftSummary(result, current))}.${allowed}${beside}${inUse}`;
}

function sides({ reference, current }: WatchedDrift): string {
  return `Reference: ${codeSpan(reference)} · current: ${codeSpan(current)}`;
}
