import type { Evidence, Interval } from "../evidence/evidence.ts";
import type { Task } from "../spec/spec.ts";
import type { BreakGlass } from "./break-glass.ts";
import { assignedStages, isActiveModel, latestVersion } from "./current.ts";
import { type HistoryEntry, showHistory } from "./history.ts";
import type { ModelState, RegistryState } from "./registry-state.ts";
import { type ListedVersion, listVersions } from "./show.ts";
import { isVersion } from "./version.ts";

/** What GitHub has of a version beside its tag. Where nothing was asked, nothing is known. */
export interface Shipped {
  /** By the version's tag. */
  releases: ReadonlyMap<string, ShippedRelease>;
  /** By the stage's tag. */
  promotions: ReadonlyMap<string, RecordedPromotion>;
}

export interface ShippedRelease {
  url: string;
  publishedAt: string | undefined;
  /** That it was shipped with; undefined of one that somebody published by hand, or whose evidence cannot be read. */
  evidence: Evidence | undefined;
}

/** Of the ledger: for people, since whoever can push can write there. */
export interface RecordedPromotion {
  /** Logins. */
  approvedBy: readonly string[];
  /** The stage went back to a version that it had before. */
  rollback?: true | undefined;
  /** Why it came there although judgement spoke against it. */
  breakGlass?: BreakGlass | undefined;
}

/** All models by name, for a page and for machines. Times are ISO 8601 in UTC. */
export interface RegistryOverview {
  models: readonly ModelOverview[];
  /** Tags that say nothing for certain, and why. */
  problems: readonly string[];
}

export interface ModelOverview {
  name: string;
  /** False: deprecated. */
  active: boolean;
  /** The highest registered version. */
  latest?: string | undefined;
  /** In the order in which they came. */
  stages: readonly StageOverview[];
  /** Highest first; commits that have a stage and no version come last. */
  versions: readonly VersionOverview[];
  /** Newest first. */
  history: readonly Happened[];
}

export interface StageOverview {
  stage: string;
  /** What it points at now; absent: nothing any more. */
  now?: { version: string; since: string; by: string; tag: string } & Partial<RecordedPromotion>;
}

export interface VersionOverview {
  /** The commit's id where none is registered. */
  version: string;
  tag: string;
  commit: string;
  /** False: taken back. */
  active: boolean;
  at: string;
  by: string;
  message: string;
  /** That point at it now. */
  stages: readonly string[];
  /** By any promotion of it. */
  approvedBy: readonly string[];
  release?: Pick<ShippedRelease, "url" | "publishedAt"> | undefined;
  evaluated?: EvaluatedVersion | undefined;
}

/** By the evidence that it was shipped with. */
export interface EvaluatedVersion {
  task: Task;
  inputHash: string;
  resultDigest: string | undefined;
  pullRequest: number | undefined;
  testSet: { path: string; rows: number; digest: string };
  metrics: readonly { metric: string; value: number | null; interval?: Interval | undefined }[];
}

export interface Happened extends Partial<RecordedPromotion> {
  at: string;
  event: HistoryEntry["event"];
  version?: string | undefined;
  stage?: string | undefined;
  by: string;
  tag: string;
  commit: string;
}

const nothingShipped: Shipped = { releases: new Map(), promotions: new Map() };

/** Everything of a registry that people look for. Pure. */
export function overviewOf(state: RegistryState, shipped: Shipped = nothingShipped): RegistryOverview {
  const models = [...state.models.values()].toSorted((a, b) => (a.model < b.model ? -1 : 1));
  return { models: models.map((model) => modelOverview(model, state, shipped)), problems: state.problems };
}

function modelOverview(model: ModelState, state: RegistryState, shipped: Shipped): ModelOverview {
  const history = showHistory(state, { model: model.model });
  const stages = stagesOf(model, history, shipped);
  return {
    name: model.model,
    active: isActiveModel(model),
    latest: latestVersion(model)?.version,
    stages,
    versions: listVersions(model).map((listed) => ({
      ...versionOverview(listed, history, shipped),
      stages: stages.map(({ stage }) => stage).filter((stage) => listed.stages.includes(stage)),
    })),
    history: history.map((entry) => ({
      ...{ at: utc(entry.timestamp), event: entry.event, by: entry.author, tag: entry.ref, commit: entry.commit },
      ...(entry.version !== null && { version: entry.version }),
      ...(entry.stage !== null && { stage: entry.stage }),
      ...shipped.promotions.get(entry.ref),
    })),
  };
}

function stagesOf(model: ModelState, history: readonly HistoryEntry[], { promotions }: Shipped): readonly StageOverview[] {
  const assigned = assignedStages(model);
  return stageNames(model).map((stage) => {
    const now = assigned.get(stage);
    const entry = now && history.find(({ ref }) => ref === now.event.tag.name);
    if (!now || !entry) return { stage };
    const [{ version }, { tag }] = [now.version, now.event];
    const record = promotions.get(tag.name);
    // Nobody is asked again for what goes back.
    const earlier = record?.rollback
      ? approvalsOf(
          history.filter((other) => other.stage === stage && other.version === version),
          promotions,
        )
      : [];
    return {
      stage,
      now: {
        ...{ version, since: utc(entry.timestamp), by: tag.tagger.name, tag: tag.name },
        ...record,
        ...(earlier.length > 0 && { approvedBy: earlier }),
      },
    };
  });
}

/** In the order in which they came; of the same second by the tags' numbers. */
function stageNames({ versions }: ModelState): readonly string[] {
  const events = versions.flatMap(({ stages }) => [...stages.values()].flat());
  const inOrder = events.toSorted((a, b) => a.tag.taggedAt - b.tag.taggedAt || Number(a.counter ?? 0) - Number(b.counter ?? 0));
  return [...new Set(inOrder.map(({ stage }) => stage))];
}

/** Of all these promotions, the first one's first. */
function approvalsOf(history: readonly HistoryEntry[], promotions: Shipped["promotions"]): readonly string[] {
  return [...new Set(history.toReversed().flatMap(({ ref }) => promotions.get(ref)?.approvedBy ?? []))];
}

function versionOverview(
  listed: ListedVersion,
  history: readonly HistoryEntry[],
  shipped: Shipped,
): Omit<VersionOverview, "stages"> {
  const { version, commit_hexsha: commit, active, created_at, author: by, message, ref: tag } = listed;
  const release = isVersion(version) ? shipped.releases.get(tag) : undefined;
  const promoted = history.filter((entry) => entry.event === "assignment" && entry.version === version);
  const approvedBy = approvalsOf(promoted, shipped.promotions);
  return {
    ...{ version, tag, commit, active, at: utc(created_at), by, message, approvedBy },
    ...(release && { release: { url: release.url, publishedAt: release.publishedAt } }),
    ...(release?.evidence && { evaluated: evaluated(release.evidence) }),
  };
}

function evaluated({ task, inputHash, seal, source, evaluations }: Evidence): EvaluatedVersion | undefined {
  const current = evaluations.find(({ role }) => role === "current");
  if (!current?.candidate) return undefined;
  const { path, rows, digest } = current.testSet;
  return {
    ...{ task, inputHash, resultDigest: seal?.resultDigest, pullRequest: source.pullRequest, testSet: { path, rows, digest } },
    metrics: current.candidate.metrics.map(({ metric, value, interval }) => ({ metric, value, ...(interval && { interval }) })),
  };
}

function utc(timestamp: string): string {
  return new Date(timestamp).toISOString();
}
