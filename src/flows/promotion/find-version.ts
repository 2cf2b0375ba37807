import { isActiveVersion } from "../../registry/current.ts";
import type { ModelState, VersionState } from "../../registry/registry-state.ts";
import { formatTagName } from "../../registry/tag-name.ts";
import type { TaggedVersion } from "./move-stage.ts";

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
  const event = state?.events.findLast(({ action }) => action === "register");
  if (state && event) return { tag: event.tag.name, tagObject: event.tag.id, commit: state.commit, state };
  if (found.length > 0) return { wrong: `${version} of ${model} was taken back. Tag a new version.` };
  return {
    wrong: names.includes(name)
      ? `${name} is no annotated tag of a commit, so it is nobody's word. Delete it, and make one that is: git tag -a ${name} -m "why".`
      : `There is no tag ${name}. Make it: git tag -a ${name} -m "why" && git push origin ${name}.`,
  };
}
