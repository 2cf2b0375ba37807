import { exitCodes } from "../../src/errors/errors.ts";
import { announcePromotion } from "../../src/flows/promotion/announce.ts";
import { doAll } from "../../src/flows/promotion/do-all.ts";
import { fetchChecksums } from "../../src/flows/promotion/fetch-checksums.ts";
import { promote as promoteVersion } from "../../src/flows/promotion/promote.ts";
import type { PromotionMachine } from "../../src/flows/promotion/promotion-machine.ts";
import { rollBack } from "../../src/flows/promotion/roll-back.ts";
import { startDeploy } from "../../src/flows/promotion/start-deploy.ts";
import { lawFromGitHub } from "../../src/flows/read-law.ts";
import { recordsOnGitHub } from "../../src/flows/records-on-github.ts";
import type { GitHub } from "../../src/github/github.ts";
import { whoBrokeGlass } from "../../src/registry/break-glass.ts";
import type { Promotion } from "../../src/registry/promotion.ts";
import { formatTagName } from "../../src/registry/tag-name.ts";
import { promotionFailures, promotionTitle, renderPromotion } from "../../src/report/promotion.ts";
import { type Event, readEvent } from "../runtime/event.ts";
import { createMachine } from "../runtime/machine.ts";
import { noJobFiles } from "../runtime/no-job-files.ts";
import { connect } from "../runtime/records.ts";
import * as step from "../runtime/step.ts";
import { writeSummary } from "../runtime/write-summary.ts";
import type { PromoteInputs } from "./inputs.ts";
import { type Requested, requestedBy } from "./requested.ts";
import { createSigner } from "./signer.ts";
import { writeRegistryPage } from "./write-registry-page.ts";

/** Promotes what a pushed tag or the form asks for, tells what became of it, and starts what deploys it. */
export async function promote({ form, signing, deployWorkflow, registryPage, token }: PromoteInputs): Promise<void> {
  const event = readEvent();
  const requested = requestedBy(event, form);
  if (typeof requested === "string") return doNothing(requested);
  const github = await connect(event, token);
  const unknown = await whyNoModel(requested, github);
  if (unknown !== undefined) return doNothing(unknown);
  const { model, version, rollback } = requested;
  const machine = await promotionMachine(event, github, token, rollback ? undefined : signing);
  const promotion = await carryOut(requested, machine);
  const told = { model, version, rollback, promotion };
  await writeSummary(renderPromotion(told));
  setOutputs({ ...promotion, model, version });
  if (promotion.outcome === "promoted" && promotion.breakGlass)
    step.warning(`${promotionTitle(told)}. ${whoBrokeGlass(promotion.breakGlass)}.`);
  if (promotion.outcome === "refused") {
    step.setFailed([`${promotionTitle(told)}:`, ...promotion.reasons.map((reason) => `- ${reason}`)].join("\n"));
    process.exitCode = exitCodes.gateFailed;
  }
  const deploy = async () => {
    if (promotion.outcome === "refused" || deployWorkflow === undefined) return;
    const tag = formatTagName({ model, action: "register", version });
    const { serverUrl } = event;
    const line = await startDeploy({ ...promotion, workflow: deployWorkflow, model, version, tag, serverUrl }, github);
    step.info(line);
    await writeSummary(`${line}\n`);
  };
  const checksums = async () => {
    if (promotion.outcome === "refused" || rollback) return;
    const tag = formatTagName({ model, action: "register", version });
    step.setOutput("checksums", await fetchChecksums(tag, promotion.sums, machine));
  };
  const page = async () => {
    if (promotion.outcome === "refused" || registryPage === undefined) return;
    step.setOutput("registry-page", await writeRegistryPage(registryPage, event, machine, token));
  };
  const failed = [
    ...(promotion.outcome === "promoted" ? promotion.afterwards : []),
    ...(await doAll([deploy, () => announcePromotion(told, event.runUrl, github, machine.now()), checksums, page])),
  ];
  if (failed.length === 0) return;
  step.setFailed(promotionFailures(told, failed));
  // That it was refused weighs more.
  if (promotion.outcome === "promoted") process.exitCode = exitCodes.github;
}

async function doNothing(why: string): Promise<void> {
  step.notice(why);
  await writeSummary(`${why}\n`);
  step.setOutput("outcome", "nothing");
}

/** Others give tags such names too. @returns a sentence where the rules do not know the tag's model */
async function whyNoModel({ byTag, model }: Requested, github: GitHub): Promise<string | undefined> {
  if (!byTag) return undefined;
  const branch = await github.contents.defaultBranch();
  const law = await lawFromGitHub(github, (await github.contents.branchTip(branch)) ?? null, undefined);
  if (!law || law.spec.models.has(model)) return undefined;
  return `assay.yml on ${branch} has no model ${model}, so there is nothing to promote. It has ${[...law.spec.models.keys()].join(", ")}.`;
}

async function promotionMachine(
  { serverUrl }: Event,
  github: GitHub,
  token: string,
  signing: PromoteInputs["signing"],
): Promise<PromotionMachine> {
  const { files, git, progress, now } = await createMachine(() => noJobFiles, token);
  const sign = signing && (await createSigner(signing, files));
  return { files, git, github, records: recordsOnGitHub(github), serverUrl, sign, environment: process.env, progress, now };
}

async function carryOut(
  { model, version, stage, rollback, breakGlass }: Requested,
  machine: PromotionMachine,
): Promise<Promotion> {
  if (!rollback || stage === undefined) return promoteVersion({ model, version, stage, breakGlass }, machine);
  return rollBack({ model, version, stage }, machine);
}

function setOutputs(of: Promotion & { model: string; version: string }): void {
  for (const name of ["outcome", "model", "version", "stage"] as const) step.setOutput(name, of[name]);
  step.setOutput("release", of.outcome === "promoted" ? of.release : "");
  step.setOutput("stage-tag", of.outcome === "promoted" ? of.stageTag : "");
  step.setOutput("break-glass", of.outcome === "promoted" && of.breakGlass ? JSON.stringify(of.breakGlass) : "");
  step.setOutput("reasons", JSON.stringify(of.outcome === "refused" ? of.reasons : []));
}
