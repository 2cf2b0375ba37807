import type { Comparison, MetricResult, Slice, Waiver } from "../evidence/evidence.ts";
import type { Gate } from "../spec/spec.ts";

export type GateOutcome = "pass" | "fail" | "inconclusive";

/** How a gate counts: one whose waiver is in force and needed counts as met, and never looks as if it were. */
export type GateStanding = GateOutcome | "waived";

/** The only place that says whether a waiver counts. */
export function standingOf({ outcome, waiver }: Pick<GateResult, "outcome" | "waiver">): GateStanding {
  return outcome !== "pass" && waiver !== undefined && !waiver.expired ? "waived" : outcome;
}

/** A waiver of `assay.yml`, or one that an owner gave on the pull request. */
export interface GivenWaiver extends Waiver {
  /** Head commit that was shown to the owner: it counts for later ones too. */
  headSha?: string | undefined;
}

/** A gate and what it decided. */
export interface GateResult {
  gate: Gate;
  /** Stable name such as `accuracy.no-worse-than`; see `nameOfGate`. */
  name: string;
  outcome: GateOutcome;
  /** One short clause for the result cell: `better`, `0.06 past the limit`, `needs about 4,100 more test rows`. */
  note: string;
  /** Which test set decided: the gates are judged on each. */
  role: "current" | "base";
  comparison?: Comparison | undefined;
  /** For limits on the candidate's own value. */
  value?: MetricResult | undefined;
  /** The slice that decided, of a gate on slices. */
  slice?: { column: string; value: string; rows: number } | undefined;
  /** A waiver of this gate. While it is in force a result other than pass does not count; once expired it is only told. */
  waiver?: (GivenWaiver & { expired: boolean }) | undefined;
  /** What has to be judged is not in the evidence at all: no waiver covers that. */
  missing?: true;
}

/** Metrics by name; `metric` is the primary one, where it is the basis. */
export interface ClaimedMetrics {
  basis: "primary" | "holm";
  metric?: string | undefined;
  better: readonly string[];
  worse: readonly string[];
}

/** A metric that changed on a slice, as is shown with Holm's correction over all slices and the metrics that are asked. */
export interface SliceClaim {
  slice: Slice;
  comparison: Comparison;
}

/** The gates of one model together: fail before inconclusive before pass. */
export interface ModelVerdict {
  model: string;
  outcome: GateOutcome;
  gates: readonly GateResult[];
  /** What the change as a whole may be called, by the primary metric or by all metrics after Holm's correction. */
  headline?: ClaimedMetrics | undefined;
  /** Slices on which the change is shown to be one, the largest change first; undefined where no slice has an interval. */
  worseSlices?: readonly SliceClaim[] | undefined;
  betterSlices?: readonly SliceClaim[] | undefined;
  /** Reasons besides gates: `no law yet`, `evidence is missing`, … */
  reasons: readonly string[];
}
