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
  branch: {
    name: string;
    isProtected: boolean;
    /** Its rules are known, and none of them keeps anybody who can push from changing it. */
    takesPushes?: boolean | undefined;
    hasCommit: boolean;
  };
  /** By the default branch as it is now; undefined: the model is not promoted there. */
  rules: Promote | undefined;
  /** What is wrong with the default branch's rules, a sentence: nothing can be decided by them. */
  mistake?: string | undefined;
  /** Of the tagged tree, or why it cannot be told. */
  inputs: { hash: Digest } | { wrong: string };
  /** The evidence of these inputs and who vouches for it, or why nobody does, a sentence each. */
  proof: Proof | { wrong: readonly string[] };
  /** What is in the stages now, by stage. */
  stages: ReadonlyMap<string, string>;
  /** The tag by which the stage before has the version, where no promotion made it: anybody who can push can write a tag. */
  handmade?: string | undefined;
  /** Why no tag would change what the stage is, a sentence each. */
  unassignable: readonly string[];
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
  | { outcome: "promote"; approvals: readonly PromotionApproval[] }
  /** Each a sentence, in the order in which they are mended. */
  | { outcome: "refuse"; reasons: readonly string[] };

/** Whether what is tagged is what was proven and approved. All that speaks against it is told at once. Pure. */
export function decidePromotion(facts: PromotionFacts): PromotionDecision {
  const { rules } = facts;
  const reasons = [
    ...whyTagDoesNotCount(facts),
    ...(rules === undefined ? [facts.mistake ?? notPromoted(facts)] : whyStageIsWrong(rules, facts)),
    ...whyUnproven(facts),
    ...(rules === undefined ? [] : whyUnapproved(rules, facts)),
    ...facts.unassignable,
  ];
  if (reasons.length > 0) return { outcome: "refuse", reasons };
  const given = "wrong" in facts.proof ? [] : facts.proof.approvals;
  return { outcome: "promote", approvals: countingApprovals(rules, given) };
}

/** Whether what is tagged was merged. @returns why not, a sentence each */
export function whyTagDoesNotCount({ tag, branch }: Pick<PromotionFacts, "tag" | "branch">): readonly string[] {
  const unprotected = `Branch ${branch.name} is not protected, so anybody who can push decides what is on it. Protect it.`;
  const pushed = `The rules for ${branch.name} let everybody who can push change it, assay.yml and its owners too. Add the rule that a pull request is required before merging.`;
  return [
    ...("wrong" in tag ? [tag.wrong] : []),
    ...("commit" in tag && !branch.hasCommit
      ? [
          `Commit ${shortDigest(tag.commit, 7)}, which ${tag.name} points at, is not on ${branch.name}. Merge it, then tag what is on the branch.`,
        ]
      : []),
    ...(branch.isProtected ? [] : [unprotected]),
    ...(branch.isProtected && branch.takesPushes ? [pushed] : []),
  ];
}

function notPromoted({ model, branch }: PromotionFacts): string {
  return `assay.yml on ${branch.name} does not say that ${model} is promoted. Add \`promote: {stages: [production]}\` to models.${model}.`;
}

function whyStageIsWrong(rules: Promote, { model, version, stage, stages, handmade }: PromotionFacts): readonly string[] {
  const at = rules.stages.indexOf(stage);
  if (at === -1) return [`${stage} is not a stage of ${model}: assay.yml has ${rules.stages.join(", ")}.`];
  const before = rules.stages[at - 1];
  if (before === undefined) return [];
  if (stages.get(before) === version)
    return handmade === undefined
      ? []
      : [`${before} has ${version} by ${handmade}, which no promotion made. Promote ${version} to ${before} first.`];
  const now = stages.get(before);
  return [`${before} comes before ${stage} and has ${now ?? "no version"}. Promote ${version} to ${before} first.`];
}

function whyUnproven({ inputs, proof }: PromotionFacts): readonly string[] {
  if ("wrong" in inputs) return [inputs.wrong];
  if ("wrong" in proof) return capped(proof.wrong);
  const { outcome, gates, reasons } = proof.verdict;
  if (outcome === "pass") return [...whyFirstFails(proof.verdict), ...proof.unshippable];
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

/** Of several trainings the first one's model ships, and a limit that their mean keeps it may not. */
function whyFirstFails({ gates }: ModelVerdict): readonly string[] {
  return gates.flatMap((result) => {
    const { gate, name, value } = result;
    const [first, ...others] = value?.seeds ?? [];
    if (!("limit" in gate) || first === undefined || others.length === 0 || standingOf(result) !== "pass") return [];
    if (result.waiver && !result.waiver.expired) return [];
    if (gate.kind === "at-least" ? first >= gate.limit : first <= gate.limit) return [];
    const trainings = others.length + 1;
    return [
      `${name} holds for the mean of ${trainings} trainings and not for the first one, whose model ships: ${first}, where ${gate.limit} is the limit. Train with seeds of which the first one keeps it.`,
    ];
  });
}

const maxNamed = 10;

function capped(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - maxNamed;
  return more > 0 ? [...reasons.slice(0, maxNamed), `${more} more runs do not count either.`] : reasons;
}

function whyUnapproved(rules: Promote, facts: PromotionFacts): readonly string[] {
  const needed = rules.approvals.get(facts.stage);
  // Whatever is there approves nothing that is not proven.
  if (needed === undefined || "wrong" in facts.proof) return [];
  const counting = countingApprovals(rules, facts.proof.approvals);
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

/** Of owners, and not of who made the change where the rules say so. */
export function countingApprovals(
  rules: Promote | undefined,
  approvals: readonly PromotionApproval[],
): readonly PromotionApproval[] {
  return approvals.filter(({ isOwner, isAuthor }) => isOwner && !(isAuthor && rules?.notByAuthor));
}
