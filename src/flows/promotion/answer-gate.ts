import type { Files } from "../../files/files.ts";
import type { GateAnswer } from "../../github/deployments.ts";
import type { GitHub } from "../../github/github.ts";
import { createRemoteGit } from "../../github/remote-git.ts";
import type { WorkflowRun } from "../../github/runs.ts";
import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { decidePromotion, type PromotionFacts } from "../../registry/decide-promotion.ts";
import { deployedVersion } from "../../registry/deployed-version.ts";
import { tagPrefix } from "../../registry/tag-name.ts";
import { recordsOnGitHub } from "../records-on-github.ts";
import { readPromotion } from "./read-facts.ts";

export interface GateMachine {
  files: Files;
  github: GitHub;
  serverUrl: string;
  now: () => Date;
}

type Answer = Pick<GateAnswer, "comment"> & { decision: "approved" | "rejected" };

/** Whether a run may deploy to the environment: the version that it deploys would come into the stage of that name now. */
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
    ...{ github, serverUrl, now, records: recordsOnGitHub(github), files, signingKey: undefined, environment: {} },
    ...{ git: createRemoteGit(github, tagPrefix(model)), progress: () => {} },
  };
  const { facts, tagged } = await readPromotion({ model, version, stage: environment }, undefined, machine);
  const decision = decidePromotion(isThere(facts) ? withoutOrder(facts) : facts);
  const moved =
    tagged && commit !== undefined && tagged.commit !== commit
      ? [`The run is of ${commit.slice(0, 7)}, and ${tagged.tag} points at ${tagged.commit.slice(0, 7)}.`]
      : [];
  const reasons = [...moved, ...(decision.outcome === "refuse" ? decision.reasons : [])];
  if (decision.outcome === "refuse" || reasons.length > 0) return rejected(reasons, `${model} ${version}`);
  const approvers = decision.approvals.map(({ login }) => codeSpan(`@${login}`)).join(", ");
  return {
    decision: "approved",
    comment: `${codeSpan(`${model} ${version}`)} is proven${approvers === "" ? "" : ` and approved by ${approvers}`}.`,
  };
}

function isThere({ stages, stage, version }: PromotionFacts): boolean {
  return stages.get(stage) === version;
}

/** What a stage has was in the one before when it came, and so was what it goes back to. */
function withoutOrder({ rules, stage, ...facts }: PromotionFacts): PromotionFacts {
  return { ...facts, stage, rules: rules && { ...rules, stages: rules.stages.filter((one) => one === stage) } };
}

/** GitHub takes 1,024 characters. */
const room = 900;
const maxReason = 400;

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
