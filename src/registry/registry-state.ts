import type { GitTag } from "../git/tags.ts";
import { parseTagName, type TagName } from "./tag-name.ts";
import { isDated } from "./timestamp.ts";

/** What an annotated tag did. */
export type RegistryEvent = TagName & { tag: GitTag };
export type VersionEvent = Extract<RegistryEvent, { action: "register" | "deregister" }>;
export type StageEvent = Extract<RegistryEvent, { action: "assign" | "unassign" }>;
type Deprecation = Extract<RegistryEvent, { action: "deprecate" }>;

/** A version of a model, or a commit that a stage was assigned to without one: then `version` is the commit's id. */
export interface VersionState {
  version: string;
  commit: string;
  committedAt: number;
  /** Oldest first. */
  events: readonly VersionEvent[];
  /** By stage, in the order in which stages came; oldest event first. */
  stages: ReadonlyMap<string, readonly StageEvent[]>;
}

export interface ModelState {
  model: string;
  deprecations: readonly Deprecation[];
  /** In the order in which they were registered. */
  versions: readonly VersionState[];
}

export interface RegistryState {
  /** By name. */
  models: ReadonlyMap<string, ModelState>;
  /** Tags that say nothing for certain, and why. */
  problems: readonly string[];
}

interface Draft extends ModelState {
  deprecations: Deprecation[];
  versions: (VersionState & { events: VersionEvent[]; stages: Map<string, StageEvent[]> })[];
}

/**
 * The registry from tags alone, as GTO 1.10 reads it: by the tagger's time, whatever the counters say. A stage's tag names no
 * version: it stands for the one that is registered at its commit, before or after.
 * @param tags by name
 */
export function readRegistry(tags: readonly GitTag[]): RegistryState {
  const problems: string[] = [];
  const events = tags
    .flatMap((tag): RegistryEvent[] => {
      const parsed = parseTagName(tag.name);
      if (parsed && !isDated(tag))
        problems.push(
          `${tag.name} does not count: its tagger's time is no date. Delete it, and tag ${tag.commit.slice(0, 7)} again.`,
        );
      return parsed && isDated(tag) ? [{ ...parsed, tag }] : [];
    })
    .sort((a, b) => a.tag.taggedAt - b.tag.taggedAt);
  const models = new Map<string, Draft>();
  const modelOf = ({ model }: RegistryEvent): Draft => {
    const known = models.get(model) ?? { model, deprecations: [], versions: [] };
    models.set(model, known);
    return known;
  };
  for (const event of events) if (event.action === "deprecate") modelOf(event).deprecations.push(event);
  const versions = Map.groupBy(
    events.filter((event) => "version" in event),
    keyOf,
  );
  for (const [event, ...more] of versions.values())
    if (event) modelOf(event).versions.push({ ...newVersion(event.tag, event.version), events: [event, ...more] });
  const at = new Map([...models].map(([model, { versions }]) => [model, Map.groupBy(versions, ({ commit }) => commit)]));
  for (const event of events) {
    if (!("stage" in event)) continue;
    const [version, another] = at.get(event.model)?.get(event.tag.commit) ?? [];
    if (another)
      problems.push(
        `${event.tag.name} stands for no version: ${version?.version} and ${another.version} of ${event.model} are the same commit.`,
      );
    else addStageEvent(modelOf(event), version, event);
  }
  return { models, problems };
}

function keyOf({ model, version, tag }: VersionEvent): string {
  return `${model} ${version} ${tag.commit}`;
}

/** Where no version is registered, each tag stands by itself. */
function addStageEvent({ versions }: Draft, registered: Draft["versions"][number] | undefined, event: StageEvent): void {
  const version = registered ?? newVersion(event.tag, event.tag.commit);
  if (!registered) versions.push(version);
  version.stages.set(event.stage, [...(version.stages.get(event.stage) ?? []), event]);
}

function newVersion({ commit, committedAt }: GitTag, version: string): Draft["versions"][number] {
  return { version, commit, committedAt, events: [], stages: new Map() };
}
