import type { Files } from "../../files/files.ts";
import type { GateAnswer } from "../../github/deployments.ts";
import type { GitHub } from "../../github/github.ts";
import { createRemoteGit } from "../../github/remote-git.ts";
import type { WorkflowRun } from "../../github/runs.ts";
import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import { decidePromotion } from "../../registry/decide-promotion.ts";
import { decideRollback } from "../../registry/decide-rollback.ts";
import { deployedVersion } from "../../registry/deployed-version.ts";
import { parseTagName, tagPrefix } from "../../registry/tag-name.ts";
import { recordsOnGitHub } from "../records-on-github.ts";
import { findShippedSums } from "./find-promotions.ts";
import { whyReleasedOtherwise } from "./find-shipped.ts";
import { orWrong } from "./or-wrong.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { readPromotion } from "./read-facts.ts";
import { readRollback } from "./read-rollback.ts";
import { type ReadVersion, readVersion } from "./read-version.ts";

export interface GateMachine {
  files: Files;
  github: GitHub;
  serverUrl: string;
  now: () => Date;
}

type Answer = Pick<GateAnswer, "comment"> & { decision: "approved" | "rejected" };

/**
 * Whether a run may deploy to the environment: the stage of that name has the version that it deploys by a promotion, or the version
 * would come there now.
 */
export async function answerGate(
  { run, environment }: { run: WorkflowRun; environment: string },
  { github, files, serverUrl, now }: GateMachine,
): Promise<Answer> {
  const branch = await github.contents.defaultBranch();
  // By its id: a tag can be called like the branch.
  const tip = await github.contents.branchTip(branch);
  const deployed = deployedVersion(
    {
      ...run,
      ref: run.headBranch,
      ofDefaultBranch: run.headBranch === branch && tip !== undefined && (await github.contents.isAncestor(run.headSha, tip)),
    },
    environment,
  );
  if ("wrong" in deployed) return rejected([deployed.wrong]);
  const { model, version, commit } = deployed;
  const machine = {
    ...{ github, serverUrl, now, records: recordsOnGitHub(github), files, sign: undefined, environment: {} },
    git: createRemoteGit(github, { prefix: tagPrefix(model), matters: (name) => parseTagName(name)?.model === model }),
    progress: () => {},
  };
  const decided = await orWrong(() => decide({ model, version, stage: environment }, commit, machine));
  const what = `${model} ${version}`;
  if ("wrong" in decided) return rejected([decided.wrong], what);
  if ("reasons" in decided) return rejected(decided.reasons, what);
  return { decision: "approved", comment: `${codeSpan(what)} ${decided.because}.` };
}

type Asked = { model: string; version: string; stage: string };
/** Why a run may deploy, a clause; or why not, a sentence each. */
type Decided = { because: string } | { reasons: readonly string[] };

/** @param commit that the run is of; undefined: of any */
async function decide(asked: Asked, commit: string | undefined, machine: PromotionMachine): Promise<Decided> {
  const read = await readVersion(asked, machine);
  const { found, facts } = read;
  const decided = await (facts.stages.get(asked.stage) === asked.version ? ofStage : ofProof)(asked, read, machine);
  if ("wrong" in found || commit === undefined || found.commit === commit) return decided;
  const moved = `The run is of ${commit.slice(0, 7)}, and ${found.tag} points at ${found.commit.slice(0, 7)}.`;
  return { reasons: [moved, ...("reasons" in decided ? decided.reasons : [])] };
}

/** The stage has the version: it was proven when it came there, so what counts is that a promotion brought it, and its release since. */
async function ofStage({ stage, ...asked }: Asked, read: ReadVersion, machine: PromotionMachine): Promise<Decided> {
  const { facts, promotions } = await readRollback({ stage, ...asked }, read, machine);
  const tag = read.assigned.get(stage)?.event.tag.name ?? "";
  const promotion = promotions.find(({ stageTag }) => stageTag === tag);
  const decision = decideRollback({ ...facts, handmade: promotion ? undefined : tag });
  if (decision.outcome === "refuse") return decision;
  const emergency = promotion?.breakGlass && escapeInline(whoBrokeGlass(promotion.breakGlass), maxEmergency);
  const how = emergency === undefined ? "" : `, by break-glass: ${emergency}`;
  return { because: `is in ${codeSpan(stage)} by ${codeSpan(tag)}, as it was shipped${how}` };
}

/** The version would come into the stage now; with what is released of it, where something is already. */
async function ofProof(asked: Asked, read: ReadVersion, machine: PromotionMachine): Promise<Decided> {
  const { facts, tagged, evidence } = await readPromotion(asked, undefined, read, machine);
  const decision = decidePromotion(facts);
  if (decision.outcome === "refuse") return decision;
  if (!tagged || !evidence) throw new Error("What was decided to be promoted has no tag or no evidence.");
  const recorded = await findShippedSums({ ...asked, ...tagged }, read.tags, machine.github);
  const other = await whyReleasedOtherwise(tagged, evidence, recorded, machine);
  if (other !== undefined) return { reasons: [other] };
  const approvers = decision.approvals.map(({ login }) => codeSpan(`@${login}`)).join(", ");
  return { because: `is proven${approvers === "" ? "" : ` and approved by ${approvers}`}` };
}

/** GitHub takes 1,024 characters. */
const room = 900;
const maxReason = 400;
const maxEmergency = 600;

function rejected(reasons: readonly string[], what?: string): Answer {
  const lines = [`${what === undefined ? "This" : codeSpan(what)} may not be deployed here:`, ""];
  for (const [index, reason] of reasons.entries()) {
    const line = `- ${escapeInline(reason, maxReason)}`;
    if (lines.join("\n").length + line.length > room) {
      lines.push(`- and ${reasons.length - index} more`);
      break;
    }
    lines.push(line);
  }
  return { decision: "rejected", comment: lines.join("\n") };
}
