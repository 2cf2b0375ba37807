import { visible } from "../../markdown/escape.ts";

/** A tag that says that the version came into a stage, and whether a promotion of it made that tag. */
export interface StageTag {
  name: string;
  stage: string;
  /** By its message: the key that a promotion of this version has, another one, or none. */
  key: "own" | "other" | "none";
  /** GitHub has the deployment that the promotion made. */
  isDeployed: boolean;
  /** The stage has the version by it now. */
  isNow: boolean;
}

/**
 * Whether promotions put the version where its tags say that it is. Anybody who can push can write such a tag.
 * @param declared the model's stages, by the default branch as it is now
 */
export function checkStages(
  tags: readonly StageTag[],
  { version, declared }: { version: string; declared: readonly string[] },
): { wrong: string } | { holds: string | undefined; notProof: readonly string[] } {
  const unmade = tags.filter(({ key, isDeployed }) => key !== "own" || !isDeployed);
  const wrong = unmade.find(({ isNow, stage }) => isNow && declared.includes(stage));
  if (wrong) return { wrong: `${visible(wrong.name)} says that ${wrong.stage} has ${version}, and ${whyUnmade(wrong, version)}` };
  const made = tags.filter((tag) => !unmade.includes(tag));
  const now = made.filter(({ isNow }) => isNow).map(({ name, stage }) => `${stage} (${name})`);
  return {
    holds:
      made.length === 0
        ? undefined
        : `Stages: promotions put it where its tags say, by their keys and GitHub's deployments; it is in ${now.length === 0 ? "none now" : `${now.join(", ")} now`}.`,
    notProof: unmade.map(({ name, stage, isNow }) =>
      isNow
        ? `${visible(name)} was made by no promotion: assay.yml has no stage ${stage}.`
        : `${visible(name)}, by which ${stage} had ${version} once, was made by no promotion.`,
    ),
  };
}

function whyUnmade({ key, stage }: StageTag, version: string): string {
  const again = `Delete the tag, and promote ${version} to ${stage}.`;
  if (key === "none") return `no promotion made that tag: somebody tagged it by hand. ${again}`;
  if (key === "other")
    return `the key in its message is not that of a promotion of ${version}: somebody copied it or made it up. ${again}`;
  return `GitHub has no deployment of the promotion whose key it has: it was interrupted, or somebody made the tag. Promote ${version} to ${stage} again.`;
}
