import type { StageMoment } from "./stage-timeline.ts";

/** Where the versions that have a change are, and were. */
export interface WhereShipped {
  /** The first version with the change that came into a stage. */
  version: string;
  /** Stages that had one, in the order in which they did. */
  stages: readonly StageWithChange[];
}

export interface StageWithChange {
  stage: string;
  /** False: it had a version with the change, and has none any more. */
  isThere: boolean;
  /** Seconds since 1970, when that became so. */
  since: number;
  /** Of that moment; undefined: the stage has none any more. */
  version: string | undefined;
  /** It came so by break-glass: who asked for it and why. */
  breakGlass: string | undefined;
}

type Timelines = ReadonlyMap<string, readonly StageMoment[]>;

/**
 * What the stages' history says of one change. Pure.
 * @param hasChange whether a version's commit has the change in its history
 * @returns undefined where no stage ever had a version with it
 */
export function whereShipped(timelines: Timelines, hasChange: (commit: string) => boolean): WhereShipped | undefined {
  const isIn = ({ now }: StageMoment) => now !== undefined && hasChange(now.commit);
  const found = [...timelines].flatMap(([stage, moments]) => {
    const first = moments.find(isIn);
    return first?.now ? [{ at: first.at, version: first.now.version, stage: asItIs(stage, moments, isIn) }] : [];
  });
  const inOrder = found.toSorted((a, b) => a.at - b.at);
  const [earliest] = inOrder;
  return earliest && { version: earliest.version, stages: inOrder.flatMap(({ stage }) => stage ?? []) };
}

function asItIs(
  stage: string,
  moments: readonly StageMoment[],
  isIn: (moment: StageMoment) => boolean,
): StageWithChange | undefined {
  const last = moments.at(-1);
  if (!last) return undefined;
  const isThere = isIn(last);
  const turned = moments[moments.findLastIndex((moment) => isIn(moment) !== isThere) + 1] ?? last;
  return { stage, isThere, since: turned.at, version: turned.now?.version, breakGlass: turned.breakGlass };
}

/** Commits between which a stage moved. */
export interface MovedStage {
  /** What it had before; of its first version the first one that any stage had. Undefined: there was none. */
  from: string | undefined;
  to: string;
  /** It never had a version before. */
  isFirst: boolean;
}

/** What a stage's tag did to it; undefined where it gave it no version. Pure. */
export function movedBy(stageTag: string, stage: string, timelines: Timelines): MovedStage | undefined {
  const moments = timelines.get(stage) ?? [];
  const at = moments.findIndex(({ tag }) => tag === stageTag);
  const to = moments[at]?.now?.commit;
  if (to === undefined) return undefined;
  const before = moments.slice(0, at).flatMap(({ now }) => now?.commit ?? []);
  const from = before.findLast((commit) => commit !== to);
  if (before.length > 0) return { from: from ?? to, to, isFirst: false };
  const all = [...timelines.values()].flat().toSorted((a, b) => a.at - b.at);
  const first = all.find(({ now }) => now !== undefined)?.now?.commit;
  return { from: first === to ? undefined : first, to, isFirst: true };
}
