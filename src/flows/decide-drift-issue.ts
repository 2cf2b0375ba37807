import type { Digest } from "../evidence/digest.ts";
import { alarmsOf, unjudgedAlarms } from "../gates/live-alarms.ts";
import type { Issue } from "../github/issues.ts";
import type { WatchedDrift } from "../report/drift-issue.ts";
import { type DriftMemory, isIn, readMemory, withColumns } from "../report/drift-memory.ts";

/** What the issue is to say. */
export type DriftDecision =
  | { kind: "nothing"; why: string }
  | {
      kind: "write";
      state: Issue["state"];
      memory: DriftMemory;
      /** The same once a retraining is started; undefined: none is to be. */
      retrained: DriftMemory | undefined;
      /** The run whose numbers it shows so far. */
      shownRun: number | undefined;
    };

export interface DriftObservation {
  watched: WatchedDrift;
  /** Of the profile that the data was compared with. */
  reference: Digest;
  /** The workflow run that looks. */
  run: number;
  /** A retraining is wanted. */
  mayRetrain: boolean;
}

/**
 * What the drift that was seen makes of the issue that is there. A drift comes once: until it is gone or the reference is another,
 * what was told is known, so that a person who closes the issue has accepted those columns, and they start no second retraining.
 */
export function decideDriftIssue(observation: DriftObservation, issue: Issue | undefined): DriftDecision {
  const { watched, reference, run, mayRetrain } = observation;
  const before = issue && readMemory(issue.body);
  const names = alarmsOf(watched);
  if (names.length === 0) {
    if (issue === undefined) return { kind: "nothing", why: "There is no drift." };
    if (issue.state === "closed" && before?.state === "gone")
      return { kind: "nothing", why: `There is no drift; ${issue.url} is closed.` };
    if (before?.state === "drifted" && unjudgedAlarms(watched).some((name) => isIn(before.told, name)))
      return {
        kind: "nothing",
        why: `${issue.url} is left as it is: this time it cannot be said whether the model is still worse, as labels or scores are missing.`,
      };
    const memory: DriftMemory = { reference, state: "gone", told: [], retrained: [], run };
    return { kind: "write", state: "closed", memory, retrained: undefined, shownRun: before?.run };
  }
  const known = before?.state === "drifted" && before.reference === reference ? before : undefined;
  const isTold = known !== undefined && names.every((name) => isIn(known.told, name));
  if (issue?.state === "closed" && isTold)
    return { kind: "nothing", why: `${issue.url} was closed with these columns in it: they are accepted.` };
  const retrained = known?.retrained ?? [];
  const memory: DriftMemory = { reference, state: "drifted", told: withColumns(known?.told ?? [], names), retrained, run };
  const isNew = mayRetrain && !names.every((name) => isIn(retrained, name));
  return {
    ...{ kind: "write", state: "open", memory },
    retrained: isNew ? { ...memory, retrained: withColumns(retrained, names) } : undefined,
    shownRun: before?.run,
  };
}
