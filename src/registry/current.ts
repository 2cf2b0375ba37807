import type { ModelState, RegistryEvent, StageEvent, VersionState } from "./registry-state.ts";
import { compareVersions } from "./version.ts";

/**
 * Newest first. Of what happened in the same second the last of the list comes first, as in GTO: so an unassignment beats an
 * assignment, and a deregistration a registration.
 */
export function newestFirst<Event extends Pick<RegistryEvent, "tag">>(events: readonly Event[]): readonly Event[] {
  return events.toSorted((a, b) => a.tag.taggedAt - b.tag.taggedAt).reverse();
}

const undoing: readonly string[] = ["deregister", "unassign"];

/** What undoes last, so that it wins within a second. */
export function undoingLast<Event extends RegistryEvent>(events: readonly Event[]): readonly Event[] {
  const [done, undone] = [
    events.filter(({ action }) => !undoing.includes(action)),
    events.filter(({ action }) => undoing.includes(action)),
  ];
  return [...done, ...undone];
}

/** Its last event is a registration, or it is a commit that a stage was assigned to without a version. */
export function isActiveVersion({ events }: VersionState): boolean {
  return events.length === 0 || newestFirst(undoingLast(events))[0]?.action === "register";
}

/** Nothing happened to it since it was deprecated last; a version's commit counts as something that happens. */
export function isActiveModel({ deprecations, versions }: ModelState): boolean {
  const deprecatedAt = Math.max(...deprecations.map(({ tag }) => tag.taggedAt), Number.NEGATIVE_INFINITY);
  return deprecations.length === 0 || versions.some((version) => lastChange(version) >= deprecatedAt);
}

/** Times in seconds since 1970. */
function lastChange(version: VersionState): number {
  const times = [...version.events, ...[...version.stages.values()].flat()].map(({ tag }) => tag.taggedAt);
  return times.reduce((last, time) => Math.max(last, time), version.committedAt);
}

/** Its newest registration; else, of what happened to it, the newest. */
export function createdBy(version: VersionState): RegistryEvent {
  const registered = newestFirst(version.events).find(({ action }) => action === "register");
  const [event] = registered
    ? [registered]
    : newestFirst<RegistryEvent>([...version.events, ...[...version.stages.values()].flat()]);
  if (!event) throw new Error(`Nothing happened to ${version.version}.`);
  return event;
}

/** When it was registered last; of a commit without a version, when something happened to it last. */
function createdAt(version: VersionState): number {
  const { action, tag } = createdBy(version);
  return action === "register" ? tag.taggedAt : lastChange(version);
}

/** The registered versions below one, the highest first. */
export function versionsBelow({ versions }: ModelState, version: string): readonly VersionState[] {
  const below = versions.filter(
    (other) => other.events.length > 0 && isActiveVersion(other) && compareVersions(other.version, version) < 0,
  );
  return below.toSorted((a, b) => compareVersions(b.version, a.version));
}

/** Highest registered version by Semantic Versioning; undefined when there is none. */
export function latestVersion({ versions }: ModelState): VersionState | undefined {
  const registered = versions.filter((version) => version.events.length > 0 && isActiveVersion(version));
  return registered.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
}

/** A stage that a version is in. */
export interface AssignedStage {
  stage: string;
  version: VersionState;
  /** By which it came there last. */
  event: StageEvent;
}

/** The version that each stage of a model points at: the one assigned last of those that are in it still. */
export function assignedStages({ versions }: ModelState): ReadonlyMap<string, AssignedStage> {
  const newest = versions
    .filter(isActiveVersion)
    .toSorted((a, b) => createdAt(a) - createdAt(b))
    .reverse();
  const assigned = new Map<string, AssignedStage>();
  for (const current of newestFirstAssigned(newest.flatMap(stagesOf)))
    if (!assigned.has(current.stage)) assigned.set(current.stage, current);
  return assigned;
}

function newestFirstAssigned(stages: readonly AssignedStage[]): readonly AssignedStage[] {
  return stages.toSorted((a, b) => a.event.tag.taggedAt - b.event.tag.taggedAt).reverse();
}

/** The stages that a version is in, longest first. */
function stagesOf(version: VersionState): readonly AssignedStage[] {
  return [...version.stages]
    .flatMap(([stage, events]) => {
      const [event] = newestFirst(undoingLast(events));
      return event?.action === "assign" ? [{ stage, version, event }] : [];
    })
    .sort((a, b) => a.event.tag.taggedAt - b.event.tag.taggedAt);
}
