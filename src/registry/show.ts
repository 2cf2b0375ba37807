import type { Annotation } from "./annotations.ts";
import { assignedStages, createdBy, isActiveModel, isActiveVersion, latestVersion } from "./current.ts";
import type { ModelState, RegistryState } from "./registry-state.ts";
import { timestamp } from "./timestamp.ts";
import { compareVersions, isVersion } from "./version.ts";

/** GTO's `show --json`, a model a key. */
export type ShownRegistry = Readonly<Record<string, ShownModel>>;

interface ShownModel {
  /** The highest registered one. */
  version: string | null;
  stage: Readonly<Record<string, string | null>>;
  registered: boolean;
  active: boolean;
  /** Of dvc.yaml; GTO knows none. */
  annotation?: Annotation;
}

/** What GTO 1.10's `gto show --json` answers. Deprecated models are left out unless they are asked for. */
export function showRegistry(
  { models }: RegistryState,
  { deprecated = false, annotations = new Map() }: { deprecated?: boolean | undefined; annotations?: Annotations } = {},
): ShownRegistry {
  const all = [...models.values()].map((model) => ({ model, assigned: assignedStages(model) }));
  const stages = [...new Set(all.flatMap(({ assigned }) => [...assigned.keys()]))].sort();
  const shown = all.filter(({ model }) => deprecated || isActiveModel(model));
  return Object.fromEntries(
    shown.map(({ model, assigned }) => [
      model.model,
      {
        version: latestVersion(model)?.version ?? null,
        stage: Object.fromEntries(stages.map((stage) => [stage, assigned.get(stage)?.version.version ?? null])),
        registered: true,
        active: isActiveModel(model),
        ...annotationOf(model.model, annotations),
      },
    ]),
  );
}

export type Annotations = ReadonlyMap<string, Annotation>;

function annotationOf(model: string, annotations: Annotations): { annotation?: Annotation } {
  const annotation = annotations.get(model);
  return annotation ? { annotation } : {};
}

/** A version of a model, in the words of GTO's `show <model> --json`; commits that have a stage and no version are among them. */
export interface ListedVersion {
  version: string;
  commit_hexsha: string;
  /** That point at it now. */
  stages: readonly string[];
  active: boolean;
  /** When it was registered last, ISO 8601 with the tagger's offset. */
  created_at: string;
  author: string;
  author_email: string;
  message: string;
  /** The tag. */
  ref: string;
}

/** Highest version first; commits without one come last. */
export function listVersions(model: ModelState): readonly ListedVersion[] {
  const assigned = [...assignedStages(model).values()];
  const named = model.versions.filter(({ version }) => isVersion(version));
  const others = model.versions.filter(({ version }) => !isVersion(version));
  return [...named.toSorted((a, b) => compareVersions(b.version, a.version)), ...others].map((version) => {
    const { tag } = createdBy(version);
    return {
      version: version.version,
      commit_hexsha: version.commit,
      stages: assigned.filter((stage) => stage.version === version).map(({ stage }) => stage),
      active: isActiveVersion(version),
      created_at: timestamp(tag),
      author: tag.tagger.name,
      author_email: tag.tagger.email,
      message: tag.message,
      ref: tag.name,
    };
  });
}
