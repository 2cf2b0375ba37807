import { newestFirst, undoingLast } from "./current.ts";
import type { ModelState, RegistryEvent, RegistryState, VersionState } from "./registry-state.ts";
import { timestamp } from "./timestamp.ts";

/** An entry of GTO's `history --json`. */
export interface HistoryEntry {
  /** ISO 8601 with the tagger's offset. */
  timestamp: string;
  artifact: string;
  event: "deprecation" | "registration" | "deregistration" | "assignment" | "unassignment";
  priority: number;
  /** The commit's id for a stage on a commit without a version. */
  version: string | null;
  stage: string | null;
  commit: string;
  author: string;
  author_email: string;
  message: string;
  ref: string;
}

const kinds = {
  deprecate: { event: "deprecation", priority: 2 },
  register: { event: "registration", priority: 3 },
  deregister: { event: "deregistration", priority: 4 },
  assign: { event: "assignment", priority: 5 },
  unassign: { event: "unassignment", priority: 6 },
} as const;

interface Occurrence {
  event: RegistryEvent;
  tag: RegistryEvent["tag"];
  version: string | null;
}

/** What GTO 1.10's `gto history --json` answers: newest first, also within a second in GTO's order. */
export function showHistory(
  { models }: RegistryState,
  { model, ascending = false }: HistoryOptions = {},
): readonly HistoryEntry[] {
  const all = [...models.values()]
    .flatMap(occurrences)
    .sort((a, b) => a.tag.taggedAt - b.tag.taggedAt || kinds[a.event.action].priority - kinds[b.event.action].priority);
  const ordered = ascending ? all : all.reverse();
  return ordered.filter(({ event }) => model === undefined || event.model === model).map(entry);
}

export interface HistoryOptions {
  model?: string | undefined;
  ascending?: boolean | undefined;
}

function occurrences({ deprecations, versions }: ModelState): readonly Occurrence[] {
  const deprecated = deprecations.map((event) => ({ event, tag: event.tag, version: null }));
  return newestFirst([...deprecated, ...versions.flatMap(occurrencesOf)]);
}

function occurrencesOf(version: VersionState): readonly Occurrence[] {
  const staged = [...version.stages.values()].flatMap((events) => newestFirst(undoingLast(events)));
  const events: readonly RegistryEvent[] = [...undoingLast(version.events), ...staged];
  return newestFirst(events).map((event) => ({ event, tag: event.tag, version: version.version }));
}

function entry({ event, tag, version }: Occurrence): HistoryEntry {
  return {
    timestamp: timestamp(tag),
    artifact: event.model,
    ...kinds[event.action],
    version,
    stage: "stage" in event ? event.stage : null,
    commit: tag.commit,
    author: tag.tagger.name,
    author_email: tag.tagger.email,
    message: tag.message,
    ref: tag.name,
  };
}

/** GTO's `check-ref --json`. */
export type CheckedRef = Omit<HistoryEntry, "timestamp" | "priority" | "version" | "stage" | "commit" | "ref"> & {
  created_at: string;
  commit_hexsha: string;
  tag: string;
  version?: string;
  stage?: string;
};

/** What a tag did: GTO 1.10's `gto check-ref --json`; undefined where it did nothing. @param ref with `refs/tags/` or without */
export function checkRef(state: RegistryState, ref: string): CheckedRef | undefined {
  const name = ref.replace(/^refs\/tags\//, "");
  for (const found of [...state.models.values()].flatMap(occurrences)) {
    if (found.tag.name !== name) continue;
    const { timestamp: created_at, priority: _, version, stage, commit: commit_hexsha, ref: tag, ...rest } = entry(found);
    return {
      ...rest,
      created_at,
      commit_hexsha,
      tag,
      ...(version === null ? {} : { version }),
      ...(stage === null ? {} : { stage }),
    };
  }
  return undefined;
}
