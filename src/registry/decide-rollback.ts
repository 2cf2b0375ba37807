import type { Promote } from "../spec/spec.ts";
import { type PromotionFacts, whyTagDoesNotCount } from "./decide-promotion.ts";

/** What is known when a stage is to go back to a version that it had. */
export interface RollbackFacts {
  model: string;
  version: string;
  stage: string;
  /** The version's annotated tag, or why there is none that counts. */
  tag: { name: string; commit: string } | { wrong: string };
  /** Whether the tagged commit lies on the default branch. */
  branch: PromotionFacts["branch"];
  /** By the default branch as it is now. */
  rules: Promote | undefined;
  /** What is wrong with these: a stage that had the version by a promotion goes back all the same. */
  mistake?: string | undefined;
  /** Whether a promotion of ours put the version there once: it was proven then. */
  wasThere: boolean;
  /** The tag by which the stage has the version now, where no promotion made it and it is to stay; a rollback makes one of its own. */
  handmade?: string | undefined;
  /** The release that it was shipped with, or why there is none that counts. */
  release: { url: string } | { wrong: string };
  /** Why no tag would change what the stage is, a sentence each. */
  unassignable: readonly string[];
}

export type RollbackDecision =
  | { outcome: "roll-back" }
  /** Each a sentence. */
  | { outcome: "refuse"; reasons: readonly string[] };

/**
 * Whether a stage may go back to a version, or what it has be deployed: nothing is judged or built again, since the version was proven
 * when it came there. Pure.
 */
export function decideRollback(facts: RollbackFacts): RollbackDecision {
  const { model, stage, tag, rules, mistake, release, unassignable } = facts;
  const known = mistake !== undefined || (rules?.stages.includes(stage) ?? false);
  const reasons = [
    ...whyTagDoesNotCount(facts),
    ...(known ? [] : [`${stage} is not a stage of ${model}: assay.yml has ${rules?.stages.join(", ") ?? "none"}.`]),
    ...("wrong" in tag ? [] : whyNotPromoted(facts)),
    ...(facts.wasThere && "wrong" in release ? [release.wrong] : []),
    ...unassignable,
  ];
  return reasons.length > 0 ? { outcome: "refuse", reasons } : { outcome: "roll-back" };
}

function whyNotPromoted({ model, version, stage, wasThere, handmade }: RollbackFacts): readonly string[] {
  if (handmade !== undefined)
    return [`${stage} has ${version} by ${handmade}, which no promotion made. Promote ${version} to ${stage}.`];
  return wasThere
    ? []
    : [`${version} of ${model} was never in ${stage} by a promotion, so there is nothing to go back to. Promote it.`];
}
