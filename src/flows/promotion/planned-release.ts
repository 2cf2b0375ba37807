import { join } from "node:path";
import type { Evidence } from "../../evidence/evidence.ts";
import { latestOrNot } from "../../publishing/latest-or-not.ts";
import type { PlannedRelease, ReleaseFile } from "../../publishing/publish-release.ts";
import type { BreakGlass } from "../../registry/break-glass.ts";
import type { PromotionApproval } from "../../registry/decide-promotion.ts";
import { isPrerelease } from "../../registry/version.ts";
import { paperNames } from "../../release/asset-names.ts";
import { modelCard } from "../../release/card/model-card.ts";
import { sha256Sums } from "../../release/checksums.ts";
import { releaseBody } from "../../release/describe-release.ts";
import { mlBom } from "../../release/ml-bom.ts";
import type { ReleaseFacts } from "../../release/release-facts.ts";
import { writeReleaseRecord } from "../../release/release-record.ts";
import { signModel } from "../sign-model.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import type { ReadPromotion } from "./read-facts.ts";

/** A version that was decided to be shipped. */
export interface Shipment extends ReadPromotion {
  tagged: NonNullable<ReadPromotion["tagged"]>;
  evidence: Evidence;
  /** Those that count. */
  approvals: readonly PromotionApproval[];
  /** What was gone around, and who asked for it. */
  breakGlass: BreakGlass | undefined;
}

/**
 * The release with its papers: the model, its evidence, model card, ML-BOM, report page, checksums, and a signature where somebody signs.
 * @param folder has the model's files and gets the papers: what is in it is what is released
 */
export async function plannedRelease(shipment: Shipment, folder: string, machine: PromotionMachine): Promise<PlannedRelease> {
  const { facts, tagged, evidence, approvals, files } = shipment;
  const { model, version } = facts;
  const { tag, tagObject, commit } = tagged;
  const known = releaseFacts(shipment, machine);
  const { renderReleasePage } = await import("../../report/page/release-page.ts");
  const object = { name: tag, object: tagObject, content: await machine.git.readTag(tagObject) };
  const write = async (name: string, text: string, varies?: ReleaseFile["varies"]): Promise<ReleaseFile> => {
    const path = join(folder, name);
    await machine.files.write(path, text);
    return { name, path, digest: (await machine.files.digest(path)).digest, ...(varies && { varies }) };
  };
  const papers = [
    await write(paperNames.evidence, `${JSON.stringify(evidence)}\n`, "each-promotion"),
    await write(paperNames.card, modelCard(known), "each-promotion"),
    await write(paperNames.bom, mlBom(known), "each-promotion"),
    await write(paperNames.page, await renderReleasePage(known), "each-promotion"),
    await write(paperNames.record, writeReleaseRecord(known, object, pullRequestOf(shipment)), "each-promotion"),
  ];
  const listed = [...files, ...papers].map(({ name, digest }) => ({ path: name, sha256: digest.slice("sha256:".length) }));
  const sums = await write(paperNames.sums, sha256Sums(listed), "each-promotion");
  return {
    tag,
    of: { tagObject, resultDigest: evidence.seal?.resultDigest ?? evidence.inputHash },
    name: `${model} ${version}`,
    body: releaseBody({
      evidence,
      approvedBy: approvals.map(({ login }) => login),
      pullRequest: pullRequestOf(shipment),
      commit,
      override: known.formatOverride?.reason,
      breakGlass: shipment.breakGlass && { stage: facts.stage, broken: shipment.breakGlass },
    }),
    target: commit,
    prerelease: isPrerelease(version),
    makeLatest: latestOrNot(await machine.github.releases.latest(), { model, version }),
    files: [...files, ...papers, sums, ...(await signature(tag, folder, machine))],
  };
}

async function signature(
  tag: string,
  folder: string,
  { files, sign, github }: PromotionMachine,
): Promise<readonly ReleaseFile[]> {
  // One that is published keeps the signature it has: no other is made, which a public log would have for ever.
  if (sign === undefined || (await github.releases.findByTag(tag))) return [];
  const path = join(folder, paperNames.signature);
  await signModel(folder, path, sign, files);
  return [{ name: paperNames.signature, path, digest: (await files.digest(path)).digest, varies: "each-time" }];
}

function pullRequestOf({ facts: { proof } }: Shipment): number | undefined {
  return "wrong" in proof ? undefined : proof.pullRequest;
}

function releaseFacts(shipment: Shipment, machine: PromotionMachine): ReleaseFacts {
  const { facts, tagged, evidence, approvals, override, predecessor, statements, breakGlass } = shipment;
  const { version, stage, proof } = facts;
  if ("wrong" in proof) throw new Error(`What has no proof is to be released: ${proof.wrong}`);
  const { pullRequest, verdict } = proof;
  return {
    serverUrl: machine.serverUrl,
    repository: evidence.source.repository,
    version,
    stage,
    commit: tagged.commit,
    evidence,
    verdict,
    trust: pullRequest === undefined ? "protected" : "pull-request",
    approvals: approvals.map(({ login, headSha, at, via }) => ({ by: login, headSha, at, via, pullRequest })),
    predecessor: predecessor === undefined ? undefined : { version: predecessor },
    formatOverride: override,
    breakGlass,
    statements,
  };
}
