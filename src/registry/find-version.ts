import { isActiveVersion } from "./current.ts";
import type { ModelState, VersionState } from "./registry-state.ts";
import { formatTagName } from "./tag-name.ts";

/** A version's annotated tag, the id of its object, and the commit. */
export interface TaggedVersion {
  tag: string;
  tagObject: string;
  commit: string;
}

/** The version's registration, if it still stands; or why there is none, a sentence. */
export function findVersion(
  { model, version }: { model: string; version: string },
  registry: ModelState | undefined,
  names: readonly string[],
): (TaggedVersion & { state: VersionState }) | { wrong: string } {
  const name = formatTagName({ model, action: "register", version });
  const found = registry?.versions.filter((state) => state.version === version) ?? [];
  const [state, another] = found.filter(isActiveVersion);
  if (another) return { wrong: `${version} of ${model} is registered at two commits. Take one of them back.` };
  const beside = registry?.versions.find((one) => one.version !== version && state !== undefined && one.commit === state.commit);
  if (beside)
    return {
      wrong: `${name} is at the same commit as ${beside.version}, so that a stage's tag there would stand for neither. Tag another commit, such as an empty one on top.`,
    };
  const event = state?.events.findLast(({ action }) => action === "register");
  if (state && event) return { tag: event.tag.name, tagObject: event.tag.id, commit: state.commit, state };
  if (found.length > 0) return { wrong: `${version} of ${model} was taken back. Tag a new version.` };
  return {
    wrong: names.includes(name)
      ? `${name} is no annotated tag of a commit that has a date, so it is nobody's word. Delete it, and make one that is: git tag -a ${name} -m "why".`
      : `There is no tag ${name}. Make it: git tag -a ${name} -m "why" && git push origin ${name}.`,
  };
}
