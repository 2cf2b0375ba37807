import { type Digest, shortDigest } from "../evidence/digest.ts";
import { type ModelVerdict, standingOf } from "../gates/verdict.ts";
import type { Promote } from "../spec/spec.ts";
import { type BreakGlass, type BreakGlassAsker, brokenGlass } from "./break-glass.ts";

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
  /** Who asks for it in spite of what speaks against it; undefined: nobody does, or it is not known what it would be of. */
  breakGlass?: AskedBreakGlass | undefined;
}

/** That a promotion is to go around judgement, by those who may ask for it. */
export interface AskedBreakGlass {
  /** Number of the issue or pull request where they do. */
  issue: number;
  /** Owners of the model, each once, the one who asked first first. */
  askedBy: readonly BreakGlassAsker[];
  /** Why others do not count, a clause each. */
  ignored: readonly string[];
  /** With which an owner's comment begins. */
  line: string;
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
  /** `breakGlass`: judgement spoke against it, and two owners asked for it all the same. */
  | { outcome: "promote"; approvals: readonly PromotionApproval[]; breakGlass?: BreakGlass | undefined }
  /** Each a sentence, in the order in which they are mended. */
  | { outcome: "refuse"; reasons: readonly string[] };

/**
 * Why it may not be, in the order in which it is mended. What people and rules judge two owners can go around in an emergency;
 * what was tagged and proven, and what the files are, nobody can.
 */
interface Reason {
  of: "proof" | "judgement";
  sentence: string;
}

const ofProof = (sentence: string): Reason => ({ of: "proof", sentence });
const ofJudgement = (sentence: string): Reason => ({ of: "judgement", sentence });

/** Whether what is tagged is what was proven and approved. All that speaks against it is told at once. Pure. */
export function decidePromotion(facts: PromotionFacts): PromotionDecision {
  const { rules, breakGlass } = facts;
  const reasons = [
    ...whyTagDoesNotCount(facts).map(ofProof),
    ...(rules === undefined ? [ofProof(facts.mistake ?? notPromoted(facts))] : whyStageIsWrong(rules, facts)),
    ...whyUnproven(facts),
    ...(rules === undefined ? [] : whyUnapproved(rules, facts).map(ofJudgement)),
    ...facts.unassignable.map(ofProof),
  ];
  const sentences = reasons.map(({ sentence }) => sentence);
  const given = "wrong" in facts.proof ? [] : facts.proof.approvals;
  const approvals = countingApprovals(rules, given);
  if (reasons.length === 0) return { outcome: "promote", approvals };
  if (!breakGlass) return { outcome: "refuse", reasons: sentences };
  const isProven = reasons.every(({ of }) => of === "judgement");
  const [first, second] = breakGlass.askedBy;
  if (isProven && first && second)
    return { outcome: "promote", approvals, breakGlass: brokenGlass(breakGlass.issue, [first, second], sentences) };
  const missing = first && second ? [] : [whyUnbroken(breakGlass, facts)];
  return { outcome: "refuse", reasons: [...sentences, ...(isProven ? [] : [provenFirst]), ...missing] };
}

/** So that the line to be copied is not cut off. */
const maxIgnored = 5;
const provenFirst =
  "Break-glass goes around the verdict, the approvals and the order of the stages, and around nothing else of what is said here.";

function whyUnbroken({ issue, askedBy, ignored, line }: AskedBreakGlass, { model, stage }: PromotionFacts): string {
  const has = askedBy.length === 0 ? "nobody does" : `${askedBy.map(({ by }) => `@${by}`).join(", ")} does`;
  const others = ignored.length === 0 ? "" : ` (${ignored.slice(0, maxIgnored).join("; ")})`;
  return `Break-glass needs two owners of ${model} who ask for ${stage} in #${issue}, and ${has}${others}. Each of them writes a comment there of this line, with the reason, and within a day it is promoted with --break-glass ${issue}: ${line}`;
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

function whyStageIsWrong(rules: Promote, { model, version, stage, stages, handmade }: PromotionFacts): readonly Reason[] {
  const at = rules.stages.indexOf(stage);
  if (at === -1) return [ofProof(`${stage} is not a stage of ${model}: assay.yml has ${rules.stages.join(", ")}.`)];
  const before = rules.stages[at - 1];
  if (before === undefined) return [];
  if (stages.get(before) === version)
    return handmade === undefined
      ? []
      : [ofJudgement(`${before} has ${version} by ${handmade}, which no promotion made. Promote ${version} to ${before} first.`)];
  const now = stages.get(before);
  return [ofJudgement(`${before} comes before ${stage} and has ${now ?? "no version"}. Promote ${version} to ${before} first.`)];
}

function whyUnproven({ inputs, proof: found }: PromotionFacts): readonly Reason[] {
  if ("wrong" in inputs) return [ofProof(inputs.wrong)];
  if ("wrong" in found) return capped(found.wrong).map(ofProof);
  return [...whyFailed(found.verdict).map(ofJudgement), ...found.unshippable.map(ofProof)];
}

function whyFailed(verdict: ModelVerdict): readonly string[] {
  const { outcome, gates, reasons } = verdict;
  if (outcome === "pass") return whyFirstFails(verdict);
  const unmet = gates.filter((gate) => !["pass", "waived"].includes(standingOf(gate)));
  const named = unmet
    .slice(0, maxNamed)
    .map(({ name, note, outcome: found }) => `${name} ${found === "fail" ? "fails" : "is inconclusive"} (${note})`);
  const more = unmet.length > maxNamed ? [`${unmet.length - maxNamed} more`] : [];
  return [`The verdict is ${outcome}: ${[...named, ...more, ...(unmet.length === 0 ? reasons : [])].join("; ")}.`];
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
