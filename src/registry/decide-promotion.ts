import { type Digest, shortDigest } from "../evidence/digest.ts";
import { type ModelVerdict, standingOf } from "../gates/verdict.ts";
import type { Promote } from "../spec/spec.ts";

/** Everything that is known when a version is to come into a stage. What cannot be believed is given as the reason why not. */
export interface PromotionFacts {
  model: string;
  version: string;
  stage: string;
  /** The version's annotated tag, or why there is none that counts. */
  tag: { name: string; commit: string } | { wrong: string };
  /** Whether the tagged commit lies on the default branch. */
  branch: { name: string; isProtected: boolean; hasCommit: boolean };
  /** By the default branch as it is now; undefined: the model is not promoted there. */
  rules: Promote | undefined;
  /** Of the tagged tree, or why it cannot be told. */
  inputs: { hash: Digest } | { wrong: string };
  /** The evidence of these inputs and who vouches for it, or why nobody does. */
  proof: Proof | { wrong: string };
  /** What is in the stages now, by stage. */
  stages: ReadonlyMap<string, string>;
}

export interface Proof {
  resultDigest: Digest;
  /** By the rules of the default branch as they are now. */
  verdict: ModelVerdict;
  /** The pull request that showed the result; undefined: it was made on the protected branch. */
  pullRequest: number | undefined;
  approvals: readonly PromotionApproval[];
  /** Why the model's files may not be shipped, a sentence each. */
  unshippable: readonly string[];
}

/** Who approved the very result that is to be promoted. */
export interface PromotionApproval {
  login: string;
  /** Head commit that was shown to them. */
  headSha: string;
  /** ISO 8601. */
  at: string;
  via: "command" | "button" | "review";
  isAuthor: boolean;
  /** Has the right to now. */
  isOwner: boolean;
}

export type PromotionDecision =
  /** `isThere`: the stage has the version already. */
  | { outcome: "promote"; approvals: readonly PromotionApproval[]; isThere: boolean }
  /** Each a sentence, in the order in which they are mended. */
  | { outcome: "refuse"; reasons: readonly string[] };

/** Whether what is tagged is what was proven and approved. All that speaks against it is told at once. Pure. */
export function decidePromotion(facts: PromotionFacts): PromotionDecision {
  const { rules, stage, stages, version } = facts;
  const reasons = [
    ...whyTagDoesNotCount(facts),
    ...(rules === undefined ? [notPromoted(facts)] : whyStageIsWrong(rules, facts)),
    ...whyUnproven(facts),
    ...(rules === undefined ? [] : whyUnapproved(rules, facts)),
  ];
  if (reasons.length > 0) return { outcome: "refuse", reasons };
  return { outcome: "promote", approvals: countingApprovals(rules, facts), isThere: stages.get(stage) === version };
}

/** Whether what is tagged was merged. @returns why not, a sentence each */
export function whyTagDoesNotCount({ tag, branch }: Pick<PromotionFacts, "tag" | "branch">): readonly string[] {
  const unprotected = `Branch ${branch.name} is not protected, so anybody who can push decides what is on it. Protect it.`;
  return [
    ...("wrong" in tag ? [tag.wrong] : []),
    ...("commit" in tag && !branch.hasCommit
      ? [
          `Commit ${shortDigest(tag.commit, 7)}, which ${tag.name} points at, is not on ${branch.name}. Merge it, then tag what is on the branch.`,
        ]
      : []),
    ...(branch.isProtected ? [] : [unprotected]),
  ];
}

function notPromoted({ model, branch }: PromotionFacts): string {
  return `assay.yml on ${branch.name} does not say that ${model} is promoted. Add \`promote: {stages: [production]}\` to models.${model}.`;
}

function whyStageIsWrong(rules: Promote, { model, version, stage, stages }: PromotionFacts): readonly string[] {
  const at = rules.stages.indexOf(stage);
  if (at === -1) return [`${stage} is not a stage of ${model}: assay.yml has ${rules.stages.join(", ")}.`];
  const before = rules.stages[at - 1];
  if (before === undefined || stages.get(before) === version) return [];
  const now = stages.get(before);
  return [`${before} comes before ${stage} and has ${now ?? "no version"}. Promote ${version} to ${before} first.`];
}

function whyUnproven({ inputs, proof }: PromotionFacts): readonly string[] {
  if ("wrong" in inputs) return [inputs.wrong];
  if ("wrong" in proof) return [proof.wrong];
  const { outcome, gates, reasons } = proof.verdict;
  if (outcome === "pass") return proof.unshippable;
  const unmet = gates.filter((gate) => !["pass", "waived"].includes(standingOf(gate)));
  const named = unmet
    .slice(0, maxNamed)
    .map(({ name, note, outcome: found }) => `${name} ${found === "fail" ? "fails" : "is inconclusive"} (${note})`);
  const more = unmet.length > maxNamed ? [`${unmet.length - maxNamed} more`] : [];
  return [
    `The verdict is ${outcome}: ${[...named, ...more, ...(unmet.length === 0 ? reasons : [])].join("; ")}.`,
    ...proof.unshippable,
  ];
}

const maxNamed = 10;

function whyUnapproved(rules: Promote, facts: PromotionFacts): readonly string[] {
  const needed = rules.approvals.get(facts.stage);
  // Whatever is there approves nothing that is not proven.
  if (needed === undefined || "wrong" in facts.proof) return [];
  const counting = countingApprovals(rules, facts);
  if (counting.length >= needed) return [];
  const others = facts.proof.approvals.flatMap(({ login, isAuthor, isOwner }) => {
    if (!isOwner) return [`@${login} does not own the model now`];
    return isAuthor && rules.notByAuthor ? [`@${login} made the change`] : [];
  });
  const where = facts.proof.pullRequest === undefined ? "" : ` on #${facts.proof.pullRequest}`;
  const has = counting.length === 0 ? "none" : counting.map(({ login }) => `@${login}`).join(", ");
  return [
    `${facts.stage} needs ${needed} ${needed === 1 ? "approval" : "approvals"} of this very result${where}, and it has ${has}${others.length > 0 ? ` (${others.join("; ")})` : ""}.`,
  ];
}

function countingApprovals(rules: Promote | undefined, { proof }: PromotionFacts): readonly PromotionApproval[] {
  if ("wrong" in proof) return [];
  return proof.approvals.filter(({ isOwner, isAuthor }) => isOwner && !(isAuthor && rules?.notByAuthor));
}
