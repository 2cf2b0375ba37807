import { shortDigest } from "../evidence/digest.ts";
import type { GpuUse, Training } from "../evidence/evidence.ts";
import type { Phrase, PhrasePart } from "../markdown/phrase.ts";
import type { TrustLevel } from "../trust/trust.ts";
import { formatBytes, formatDuration, formatNumber, plural, shortSha } from "./format.ts";
import { evidenceOf } from "./model-status.ts";
import { isByHand, type ModelReport, type Report } from "./report.ts";
import { sparkline } from "./sparkline.ts";

export interface ProvenanceRow {
  label: string;
  value: Phrase;
}

const trustWords: Readonly<Record<TrustLevel, string>> = {
  fork: "unverified (fork): every number is a claim of the fork's own workflow",
  "pull-request": "pull request: made by a run of this repository that is not of its protected branch",
  protected: "protected: made by a run of the protected branch",
};

/** Where the numbers of a model come from. */
export function provenance(report: Report, model: ModelReport): ProvenanceRow[] {
  const { plan, state } = model;
  const { candidate } = plan;
  const evidence = evidenceOf(model);
  const rows: ProvenanceRow[] = [
    { label: "Why", value: decision(report, model) },
    {
      label: "Input hash",
      // A plan that was handed on lists only the inputs that differ.
      value: [{ code: digestText(candidate.inputHash) }, evidence ? ` over ${plural(evidence.inputs.length, "input")}` : ""],
    },
    { label: "Trained commit", value: trainedCommit(report, evidence?.source ?? candidate) },
  ];
  if ("trust" in state) rows.push({ label: "Trust", value: trustWords[state.trust] });
  if (evidence) {
    rows.push(...evidence.trainings.flatMap((training) => trainingRows(training, evidence.trainings.length)));
    rows.push(...allGpus(evidence.trainings));
    const { run } = evidence.source;
    if (run) {
      const to = `${report.serverUrl}/${report.repository}/actions/runs/${run.id}`;
      rows.push({
        label: "Run",
        value: [{ link: `run ${run.id}, attempt ${run.attempt}`, to }, ", event ", { code: run.event }],
      });
    }
    if (evidence.seal) rows.push({ label: "Result", value: [{ code: digestText(evidence.seal.resultDigest) }] });
  }
  if (report.law)
    rows.push({ label: "Judged by", value: [{ code: report.law.path }, " at ", { code: shortSha(report.law.commit) }] });
  return rows;
}

function decision(report: Report, { plan, state }: ModelReport): Phrase {
  const { decision, because, run } = plan.candidate;
  const shown = because.slice(0, 5).join("; ");
  const reasons = because.length > 5 ? `${shown}; and ${because.length - 5} more` : shown;
  const isTrained = state.kind !== "waiting" && state.kind !== "withheld";
  if (decision === "train")
    return `${isTrained ? "trained" : "to be trained"} because ${reasons || "there is no run with these inputs"}`;
  // By hand every run is kept here first, and then found.
  if (decision === "reuse" && run && isByHand(report)) return ["trained here, kept in ", { code: run.origin }];
  if (decision === "reuse" && run && !reasons.includes(run.origin))
    return `reused from ${run.origin}, not trained again${reasons ? `: ${reasons}` : ""}`;
  return `not trained${decision === "reuse" ? " again" : ""}${reasons ? `: ${reasons}` : ""}`;
}

function trainedCommit({ headSha, pullRequest }: Report, trained: { commit: string; headSha?: string | undefined }): Phrase {
  const { commit } = trained;
  // A run that is reused was trained for another head, or on the base branch.
  const isOurMerge = trained.headSha === headSha && commit !== headSha;
  if (pullRequest === undefined || !isOurMerge) return [{ code: shortSha(commit) }];
  return [{ code: shortSha(commit) }, ", the merge of ", { code: shortSha(headSha) }, " into ", { code: pullRequest.baseRef }];
}

function trainingRows(training: Training, count: number): ProvenanceRow[] {
  const seed = count > 1 && training.seed !== undefined ? ` (seed ${training.seed})` : "";
  const rows: ProvenanceRow[] = [{ label: `Training${seed}`, value: trainer(training) }];
  const { model, gpus } = training;
  if (gpus) rows.push({ label: `GPU${seed}`, value: gpuUse(gpus) });
  if (model) {
    const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
    rows.push({
      label: `Model${seed}`,
      value: [
        { code: model.format },
        `, ${plural(model.files.length, "file")}, ${formatBytes(bytes)}, `,
        { code: digestText(model.digest) },
      ],
    });
  }
  return rows;
}

function trainer({ trainer, backend, durationSeconds, outcome }: Training): Phrase {
  const parts: PhrasePart[] = [
    trainer === "tfjs" ? "TensorFlow.js" : "the repository's command",
    ` in ${formatDuration(durationSeconds)}`,
  ];
  if (backend) {
    parts.push(" on the ", { code: backend.used }, " backend ", backend.version);
    if (backend.why || (backend.requested !== "auto" && backend.requested !== backend.used)) {
      parts.push(" (asked for ", { code: backend.requested }, backend.why ? `: ${backend.why}` : "", ")");
    }
  }
  if (outcome !== "completed") parts.push(`, ${outcome}`);
  return parts;
}

/** `1.3 GPU-hours on 1× NVIDIA H200, peak 31 GiB, 92% busy ▁▆█▇`. */
function gpuUse({ hours, count, name, peakMemory, utilization, power, samples }: GpuUse): Phrase {
  const parts = [
    `${formatNumber(hours)} GPU-hours on ${count}× ${name}`,
    `peak ${formatBytes(peakMemory * 1_024 ** 2)} on one`,
    ...(utilization ? [`${Math.round(utilization.mean)}% busy`] : []),
    ...(power === undefined ? [] : [`${Math.round(power)} W`]),
  ];
  const chart = utilization ? sparkline(samples.map((sample) => sample.utilization ?? 0)) : "";
  return [parts.join(", "), ...(chart === "" ? [] : [` ${chart}`])];
}

/** Of several trainings together. */
function allGpus(trainings: readonly Training[]): ProvenanceRow[] {
  const uses = trainings.flatMap(({ gpus }) => gpus ?? []);
  if (uses.length < 2) return [];
  const hours = uses.reduce((sum, use) => sum + use.hours, 0);
  const peak = Math.max(...uses.map(({ peakMemory }) => peakMemory));
  return [{ label: "GPUs in all", value: `${formatNumber(hours)} GPU-hours, peak ${formatBytes(peak * 1_024 ** 2)} on one` }];
}

function digestText(digest: string): string {
  return `sha256:${shortDigest(digest)}…`;
}
