import { isActiveVersion } from "./current.ts";
import type { ModelState, StageEvent } from "./registry-state.ts";

/** What a stage pointed at from a moment on. */
export interface StageMoment {
  /** Seconds since 1970. */
  at: number;
  /** The stage's tag that made it so. */
  tag: string;
  /** Undefined: nothing, or a commit without a version. */
  now: { version: string; commit: string } | undefined;
  /** By break-glass: who asked for it and why. */
  breakGlass: string | undefined;
}

/**
 * What each stage of a model pointed at, one moment a tag, the oldest first: always the version that was assigned last of those still
 * in it. Stages in the order in which they came.
 * @param emergencies by stage's tag: who asked for it and why, where a promotion made it by break-glass
 */
export function stageTimelines(
  { versions }: ModelState,
  emergencies: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly StageMoment[]> {
  const events = versions.filter(isActiveVersion).flatMap(({ version, commit, stages, events: registered }) => {
    const of = { version, commit, isRegistered: registered.length > 0 };
    return [...stages.values()].flat().map((event) => ({ event, of }));
  });
  const inOrder = events.toSorted((a, b) => a.event.tag.taggedAt - b.event.tag.taggedAt || numberOf(a.event) - numberOf(b.event));
  return new Map(
    [...Map.groupBy(inOrder, ({ event }) => event.stage)].map(([stage, own]) => [stage, timeline(own, emergencies)]),
  );
}

interface Assigned {
  event: StageEvent;
  of: NonNullable<StageMoment["now"]> & { isRegistered: boolean };
}

function timeline(events: readonly Assigned[], emergencies: ReadonlyMap<string, string>): readonly StageMoment[] {
  // A version that is assigned again moves to the end.
  const assigned = new Map<string, Assigned["of"]>();
  return events.map(({ event: { action, tag }, of }) => {
    assigned.delete(of.version);
    if (action === "assign") assigned.set(of.version, of);
    const last = [...assigned.values()].at(-1);
    const now = last?.isRegistered ? { version: last.version, commit: last.commit } : undefined;
    return { at: tag.taggedAt, tag: tag.name, now, breakGlass: emergencies.get(tag.name) };
  });
}

/** By which tags of one second are told apart. */
function numberOf({ counter }: StageEvent): number {
  return Number(counter ?? 0);
}
