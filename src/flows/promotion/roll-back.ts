import { promotionOfTag } from "../../publishing/assign-stage.ts";
import { assignedStages } from "../../registry/current.ts";
import { decideRollback } from "../../registry/decide-rollback.ts";
import { readRegistry } from "../../registry/registry-state.ts";
import { lawFromGitHub } from "../read-law.ts";
import { isReleaseOf } from "./describe-release.ts";
import { findVersion } from "./find-version.ts";
import { moveStage } from "./move-stage.ts";
import type { Promotion } from "./promote.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readModelTags } from "./read-tags.ts";

/**
 * Points a stage at a version that it had before, without judging or building anything: a promotion put it there, and its release is
 * still the one that was shipped then.
 */
export async function rollBack(
  { model, version, stage }: { model: string; version: string; stage: string },
  machine: PromotionMachine,
): Promise<Promotion> {
  const { github } = machine;
  const branch = await github.contents.defaultBranch();
  const tip = (await github.contents.branchTip(branch)) ?? null;
  const law = await lawFromGitHub(github, tip, undefined);
  const rules = law?.spec.models.get(model)?.promote;
  const tags = await readModelTags(model, machine);
  const registry = readRegistry(tags.annotated).models.get(model);
  const found = findVersion({ model, version }, registry, tags.names);
  const earlier = "wrong" in found ? [] : (found.state.stages.get(stage) ?? []).filter(({ action }) => action === "assign");
  const promotions = await Promise.all(earlier.map(({ tag }) => promotionOfTag(github.tags, tag.name)));
  const release = "wrong" in found ? undefined : await github.releases.findByTag(found.tag);
  const isOurs = "tagObject" in found && release !== undefined && isReleaseOf(release, found.tagObject);
  const shipped = isOurs
    ? { url: release.url }
    : { wrong: `The release of ${version} that was shipped is not there any more. Promote it again.` };
  const stages = new Map([...(registry ? assignedStages(registry) : [])].map(([name, { version: now }]) => [name, now.version]));
  const decision = decideRollback({
    ...{ model, version, stage, rules, stages },
    tag: "wrong" in found ? found : { name: found.tag, commit: found.commit },
    branch: {
      name: branch,
      isProtected: await github.contents.isProtected(branch),
      hasCommit: "commit" in found && tip !== null && (await github.contents.isAncestor(found.commit, tip)),
    },
    wasThere: promotions.some((key) => key !== undefined),
    release: shipped,
  });
  if (decision.outcome === "refuse") return { outcome: "refused", stage, reasons: decision.reasons };
  if ("wrong" in found || "wrong" in shipped) throw new Error("A rollback was decided without a tag or a release.");
  const moved = await moveStage(
    {
      ...{ model, version, stage },
      isProduction: stage === rules?.stages.at(-1),
      tagged: { tag: found.tag, tagObject: found.tagObject, commit: found.commit },
      release: shipped.url,
      tagNames: tags.names,
      isThere: decision.isThere,
      grounds: { approvedBy: [], rollback: true },
    },
    machine,
  );
  return { outcome: "promoted", stage, ...moved, release: shipped.url, approvedBy: [] };
}
