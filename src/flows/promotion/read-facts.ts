import type { Evidence } from "../../evidence/evidence.ts";
import type { GitHub } from "../../github/github.ts";
import { markedAs } from "../../publishing/release-marker.ts";
import { countingApprovals, type PromotionFacts, type Proof } from "../../registry/decide-promotion.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import { newestBefore, whyDeprecated, whyNotAssignable } from "../../registry/stage-order.ts";
import { noStatements, type Statements } from "../../release/card/statements.ts";
import type { FormatDecision } from "../../release/formats/decide-formats.ts";
import type { ReleaseFacts } from "../../release/release-facts.ts";
import type { Model, Spec } from "../../spec/spec.ts";
import { fetchModelFiles, filesToShip, judgeFormats, judgeNames, type ShippedFile } from "./fetch-shipped-files.ts";
import { promotionsInto, shippedBefore } from "./find-promotions.ts";
import { gatherResults, type Result } from "./gather-results.ts";
import { isNewModel, judgeResult } from "./judge-result.ts";
import { orWrong } from "./or-wrong.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readApprovals } from "./read-approvals.ts";
import { readAsked } from "./read-asked.ts";
import { readBreakGlass } from "./read-break-glass.ts";
import { readProof } from "./read-proof.ts";
import { readStatements } from "./read-statements.ts";
import type { ModelTags } from "./read-tags.ts";
import type { ReadVersion } from "./read-version.ts";
import { recordedDecisions } from "./recorded-decisions.ts";

export interface PromotionRequest {
  model: string;
  version: string;
  /** Undefined: the first one that assay.yml has. */
  stage: string | undefined;
  /** Number of the issue or pull request where two owners ask for it, whatever judgement says; undefined: nobody does. */
  breakGlass?: number | undefined;
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
  /** What the team states of the model. */
  statements: Statements;
  /** The version that was shipped before it. */
  predecessor: string | undefined;
  /** The model's. */
  tags: ModelTags;
  /** The default branch's rules as they are now. */
  law: Spec | undefined;
}

/**
 * Reads all that speaks for and against a promotion: from GitHub, and the tagged tree from the clone.
 * @param folder where the model's files are brought; undefined: what their record says of them has to do
 */
export async function readPromotion(
  { model, version, stage: asked, breakGlass: issue }: PromotionRequest,
  folder: string | undefined,
  read: ReadVersion,
  machine: PromotionMachine,
): Promise<ReadPromotion> {
  const { law, mistake, registry, tags, found } = read;
  const tagged = "wrong" in found ? undefined : found;
  const rules = law?.spec.models.get(model);
  const stage = asked ?? rules?.promote?.stages[0] ?? "production";
  const inputs = await readAsked({ model, commit: tagged?.commit, rules }, machine);
  const chosen = await chooseResult({ model, stage, rules, law: law?.spec }, inputs, read, machine);
  const shipped = "result" in chosen ? await readShipped(chosen.result.evidence, folder, { tagged, rules }, machine) : noFiles;
  return {
    facts: {
      ...{ model, version, stage, mistake, inputs },
      ...read.facts,
      rules: rules?.promote,
      handmade: await handmadeBefore({ model, version, stage, rules }, read, machine),
      proof: "result" in chosen ? { ...chosen.proof, unshippable: shipped.unshippable } : chosen,
      unassignable: [...whyNotAssignable(tags.annotated, { model, stage }, machine.now()), ...whyDeprecated(registry)],
      breakGlass:
        issue !== undefined && law && tagged && "result" in chosen
          ? await readBreakGlass({
              ...{ model, issue, rules: law.spec, github: machine.github, now: machine.now() },
              subject: { ...tagged, resultDigest: chosen.result.resultDigest, stage },
              before: newestBefore({ model, version, stage, ...tagged }, tags.annotated, tags.names),
            })
          : undefined,
    },
    tagged,
    evidence: "result" in chosen ? chosen.result.evidence : undefined,
    files: shipped.files,
    override: shipped.override,
    statements: shipped.statements,
    predecessor: await shippedBefore({ model, version }, read, machine.github),
    tags,
    law: law?.spec,
  };
}

/** The tag by which the stage before has the version, unless a promotion put it there. */
async function handmadeBefore(
  { model, version, stage, rules }: { model: string; version: string; stage: string; rules: Model | undefined },
  read: ReadVersion,
  { github }: PromotionMachine,
): Promise<string | undefined> {
  const stages = rules?.promote?.stages ?? [];
  const before = stages[stages.indexOf(stage) - 1];
  if (before === undefined || read.facts.stages.get(before) !== version) return undefined;
  const tag = read.assigned.get(before)?.event.tag.name;
  const promotions = await promotionsInto(before, { model, version }, read, github);
  return promotions.some(({ stageTag }) => stageTag === tag) ? undefined : tag;
}

interface Choosing {
  model: string;
  stage: string;
  rules: Model | undefined;
  law: Spec | undefined;
}

interface Chosen {
  result: Result;
  proof: Proof;
}

/**
 * The last result that enough owners approved, or the one before it that the version's release has already; where there is none, the
 * one that most did.
 */
async function chooseResult(
  { model, stage, rules, law }: Choosing,
  inputs: Awaited<ReturnType<typeof readAsked>>,
  { branch, found }: ReadVersion,
  machine: PromotionMachine,
): Promise<Chosen | { wrong: readonly string[] }> {
  // Said elsewhere.
  if (!law || !rules || "wrong" in inputs || !inputs.evaluation || "wrong" in found) return { wrong: [] };
  const { github } = machine;
  const { vouched, passedOver } = await readProof({ model, inputHash: inputs.hash, commit: found.commit, branch }, machine);
  const gathered = gatherResults(vouched, inputs.evaluation);
  const against = [...passedOver, ...gathered.passedOver];
  const needed = rules.promote?.approvals.get(stage) ?? 1;
  const { decisions, ignored } = await recordedDecisions({ model, results: gathered.results, rules: law }, github);
  against.push(...ignored);
  let best: { result: Result; approvals: Proof["approvals"]; counting: number } | undefined;
  for (const result of await releasedFirst(gathered.results, found, github)) {
    const approvals = await readApprovals({ result, rules: law, github, decisions });
    const counting = countingApprovals(rules.promote, approvals).length;
    if (best === undefined || counting > best.counting) best = { result, approvals, counting };
    if (counting >= needed) break;
  }
  if (!best) return { wrong: against };
  for (const line of against) machine.progress(line);
  const { result, approvals, counting } = best;
  const pullRequest = result.shown?.pullRequest;
  const verdict = judgeResult(rules, result.evidence, {
    decisions,
    isNew: pullRequest !== undefined && (await isNewModel(model, pullRequest, github)),
    isAccepted: counting > 0,
    today: machine.now().toISOString().slice(0, 10),
  });
  const { resultDigest } = result;
  return { result, proof: { resultDigest, verdict, pullRequest: pullRequest?.number, approvals, unshippable: [] } };
}

/** What was shipped stays what is shipped. Its release says which result it has, and nobody has to be believed: each is judged alike. */
async function releasedFirst(
  results: readonly Result[],
  found: ReadVersion["found"],
  { releases }: GitHub,
): Promise<readonly Result[]> {
  if (results.length < 2 || "wrong" in found) return results;
  const release = markedAs((await releases.findByTag(found.tag))?.body ?? "");
  if (release?.tagObject !== found.tagObject) return results;
  const isReleased = ({ resultDigest }: Result) => Number(resultDigest === release.resultDigest);
  return results.toSorted((a, b) => isReleased(b) - isReleased(a));
}

interface Shipped {
  files: readonly ShippedFile[];
  unshippable: readonly string[];
  override: ReleaseFacts["formatOverride"];
  statements: Statements;
}

const noFiles: Shipped = { files: [], unshippable: [], override: undefined, statements: noStatements };

/** The model's files, and what the team states of it. */
async function readShipped(
  evidence: Evidence,
  folder: string | undefined,
  { tagged, rules }: { tagged: TaggedVersion | undefined; rules: Model | undefined },
  machine: PromotionMachine,
): Promise<Shipped> {
  const { formats = {}, card } = rules?.promote ?? {};
  if (folder === undefined) {
    const named = await orWrong(async () => judgeNames(filesToShip(evidence), formats));
    return { ...noFiles, unshippable: "wrong" in named ? [named.wrong] : named };
  }
  const brought = await orWrong(async () => {
    const files = await fetchModelFiles(evidence, folder, machine);
    return { files, judged: await judgeFormats(files, formats, machine) };
  });
  const asked = { commit: tagged?.commit ?? "", declared: card, workingDirectory: rules?.train.workingDirectory ?? "." };
  const statements = await orWrong(() => readStatements(asked, machine.git));
  const refused = "judged" in brought && brought.judged.outcome === "refused" ? brought.judged.reasons : [];
  return {
    files: "files" in brought ? brought.files : [],
    override: "judged" in brought ? overrideOf(brought.judged) : undefined,
    statements: "wrong" in statements ? noStatements : statements,
    unshippable: [...refused, ...[brought, statements].flatMap((part) => ("wrong" in part ? [part.wrong] : []))],
  };
}

function overrideOf(formats: FormatDecision): ReleaseFacts["formatOverride"] {
  if (formats.outcome === "refused" || !formats.overridden) return undefined;
  return { paths: formats.overridden.files.map(({ path }) => path), reason: formats.overridden.reason };
}
