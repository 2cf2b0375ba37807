import { AssayError, GitHubError, MissingDataError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { judgeModel, needsNoBaseline } from "../../gates/judge-model.ts";
import type { ModelVerdict } from "../../gates/verdict.ts";
import type { Decision } from "../../ledger/decision.ts";
import { noRunLookup } from "../../plan/run-lookup.ts";
import { assignedStages, versionBefore } from "../../registry/current.ts";
import type { PromotionFacts, Proof } from "../../registry/decide-promotion.ts";
import { type ModelState, readRegistry } from "../../registry/registry-state.ts";
import type { FormatDecision } from "../../release/formats/decide-formats.ts";
import type { ReleaseFacts } from "../../release/release-facts.ts";
import type { Law, Model } from "../../spec/spec.ts";
import { waiversIn } from "../decided.ts";
import { judgingOf } from "../judging-of.ts";
import { planChange } from "../plan-change.ts";
import { lawFromGitHub } from "../read-law.ts";
import { fetchModelFiles, judgeFormats, type ShippedFile } from "./fetch-shipped-files.ts";
import { findVersion } from "./find-version.ts";
import type { TaggedVersion } from "./move-stage.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readApprovals } from "./read-approvals.ts";
import { readProof } from "./read-proof.ts";
import { readModelTags } from "./read-tags.ts";

export interface PromotionRequest {
  model: string;
  version: string;
  /** Undefined: the first one that assay.yml has. */
  stage: string | undefined;
  /** What the app recorded, as far as it counts. */
  decisions?: readonly Decision[] | undefined;
}

/** What is decided on, and what is then shipped. */
export interface ReadPromotion {
  facts: PromotionFacts;
  /** The version's tag, where it counts. */
  tagged: TaggedVersion | undefined;
  evidence: Evidence | undefined;
  files: readonly ShippedFile[];
  /** Why files are shipped that can hold code. */
  override: ReleaseFacts["formatOverride"];
  workingDirectory: string;
  /** The version that came before it. */
  predecessor: string | undefined;
  /** All names of the model's tags. */
  tagNames: readonly string[];
}

/**
 * Reads all that speaks for and against a promotion: from GitHub, and the tagged tree from the clone.
 * @param folder where the model's files are brought
 */
export async function readPromotion(
  { model, version, stage: asked, decisions = [] }: PromotionRequest,
  folder: string,
  machine: PromotionMachine,
): Promise<ReadPromotion> {
  const { github, records } = machine;
  const { contents } = github;
  const branch = await contents.defaultBranch();
  const tip = await contents.branchTip(branch);
  if (tip === undefined) throw new MissingDataError(`Branch ${branch} has no commit on GitHub, so there is nothing to promote.`);
  const law = await lawFromGitHub(github, tip, undefined);
  const tags = await readModelTags(model, machine);
  const registry = readRegistry(tags.annotated).models.get(model);
  const tag = findVersion({ model, version }, registry, tags.names);
  const tagged = "wrong" in tag ? undefined : tag;
  const rules = law?.spec.models.get(model);
  const inputs = await readInputs(model, tagged?.commit, machine);
  const proven =
    "wrong" in inputs ? inputs : await readProof({ model, inputHash: inputs.hash, branch, tip, github, ledger: records.ledger });
  const files = "wrong" in proven ? [] : await fetchModelFiles(proven.evidence, folder, machine);
  const formats = await judgeFormats(files, rules?.promote?.formats ?? {}, machine);
  const proof = async (): Promise<Proof | { wrong: string }> => {
    if ("wrong" in proven) return proven;
    if (!law || !rules) return { wrong: `assay.yml on ${branch} has no model ${model}, so nothing says what is asked of it.` };
    const { evidence, pullRequest, shownAt } = proven;
    const approvals = await readApprovals({ evidence, pullRequest, shownAt, rules: law.spec, github, decisions });
    const counting = approvals.filter(({ isOwner, isAuthor }) => isOwner && !(isAuthor && rules.promote?.notByAuthor));
    const before = pullRequest && (await lawFromGitHub(github, pullRequest.base.sha, undefined));
    return {
      resultDigest: evidence.seal?.resultDigest ?? evidence.inputHash,
      verdict: judgeAgain(rules, evidence, {
        decisions,
        isNew: pullRequest !== undefined && before?.spec.models.get(model) === undefined,
        isAccepted: counting.length > 0,
        today: machine.now().toISOString().slice(0, 10),
      }),
      pullRequest: pullRequest?.number,
      approvals,
      unshippable: formats.outcome === "refused" ? formats.reasons : [],
    };
  };
  const facts: PromotionFacts = {
    model,
    version,
    stage: asked ?? firstStage(law, model),
    tag: tagged ? { name: tagged.tag, commit: tagged.commit } : (tag as { wrong: string }),
    branch: {
      name: branch,
      isProtected: await contents.isProtected(branch),
      hasCommit: tagged !== undefined && (await contents.isAncestor(tagged.commit, tip)),
    },
    rules: rules?.promote,
    inputs,
    proof: await proof(),
    stages: stagesOf(registry),
  };
  return {
    facts,
    tagged,
    evidence: "wrong" in proven ? undefined : proven.evidence,
    files,
    override: overrideOf(formats),
    workingDirectory: rules?.train.workingDirectory ?? ".",
    predecessor: registry && versionBefore(registry, version),
    tagNames: tags.names,
  };
}

function overrideOf(formats: FormatDecision): ReleaseFacts["formatOverride"] {
  if (formats.outcome === "refused" || !formats.overridden) return undefined;
  return { paths: formats.overridden.files.map(({ path }) => path), reason: formats.overridden.reason };
}

function firstStage(law: Law | null, model: string): string {
  return law?.spec.models.get(model)?.promote?.stages[0] ?? "production";
}

function stagesOf(registry: ModelState | undefined): ReadonlyMap<string, string> {
  return new Map([...(registry ? assignedStages(registry) : [])].map(([stage, { version }]) => [stage, version.version]));
}

/** What determined the training, by the tagged tree itself. */
async function readInputs(
  model: string,
  commit: string | undefined,
  { git, files }: PromotionMachine,
): Promise<{ hash: Digest } | { wrong: string }> {
  if (commit === undefined) return { wrong: "What the version was made of is not known without its tag." };
  const request = { git, files, lookup: noRunLookup, target: { commit }, base: null, event: "push", models: [model] } as const;
  try {
    const { models } = await planChange(request);
    const [planned] = models;
    return planned ? { hash: planned.candidate.inputHash } : { wrong: `The tagged tree's assay.yml has no model ${model}.` };
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return { wrong: `The tagged tree cannot be planned: ${error.message}` };
  }
}

interface Judging {
  decisions: readonly Decision[];
  /** The pull request brought the model: there was nothing to compare it with. */
  isNew: boolean;
  /** An owner approved the result. */
  isAccepted: boolean;
  today: string;
}

/** What the gates of the default branch as it is now decide on the evidence; where they cannot, an owner's approval does, as in the pull request. */
function judgeAgain(rules: Model, evidence: Evidence, { decisions, isNew, isAccepted, today }: Judging): ModelVerdict {
  const compared = evidence.evaluations.some(({ baseline }) => baseline !== undefined);
  const gates = isNew && isAccepted && !compared ? rules.gates.filter(needsNoBaseline) : rules.gates;
  const waivers = { all: [...rules.waivers, ...waiversIn(decisions, rules.name)], today };
  const undecided = [
    ...(isNew ? ["the pull request brought the model, so an owner decides"] : []),
    ...(evidence.baseTestSetMissing === undefined ? [] : [`the test set changed, and ${evidence.baseTestSetMissing}`]),
  ];
  const reasons = isAccepted ? [] : undecided;
  const judged = judgeModel({
    ...judgingOf(rules, evidence, { reused: false }),
    ...{ model: rules.name, gates, waivers, reasons },
  });
  return reasons.length > 0 && judged.outcome === "pass" ? { ...judged, outcome: "inconclusive" } : judged;
}
