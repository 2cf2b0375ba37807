import { join, posix } from "node:path";
import { MissingDataError } from "../../errors/errors.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { PlannedRelease, ReleaseFile } from "../../publishing/publish-release.ts";
import type { PromotionApproval } from "../../registry/decide-promotion.ts";
import { isPrerelease } from "../../registry/version.ts";
import { modelCard } from "../../release/card/model-card.ts";
import { noStatements, parseStatements, type Statements } from "../../release/card/statements.ts";
import { sha256Sums } from "../../release/checksums.ts";
import { mlBom } from "../../release/ml-bom.ts";
import type { ReleaseFacts } from "../../release/release-facts.ts";
import { signModel } from "../sign-model.ts";
import { latestOrNot, releaseBody, releaseMarker } from "./describe-release.ts";
import { ownNames } from "./fetch-shipped-files.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import type { ReadPromotion } from "./read-facts.ts";

/** A version that was decided to be shipped. */
export interface Shipment extends ReadPromotion {
  tagged: NonNullable<ReadPromotion["tagged"]>;
  evidence: Evidence;
  /** Those that count. */
  approvals: readonly PromotionApproval[];
}

/**
 * The release with its papers: the model, its evidence, model card, ML-BOM, checksums, and a signature where there is a key.
 * @param folder has the model's files and gets the papers: what is in it is what is released
 */
export async function plannedRelease(shipment: Shipment, folder: string, machine: PromotionMachine): Promise<PlannedRelease> {
  const { facts, tagged, evidence, approvals, files } = shipment;
  const { model, version } = facts;
  const { tag, tagObject, commit } = tagged;
  const known = await releaseFacts(shipment, machine);
  const write = async (name: string, text: string, varies?: ReleaseFile["varies"]): Promise<ReleaseFile> => {
    const path = join(folder, name);
    await machine.files.write(path, text);
    return { name, path, digest: (await machine.files.digest(path)).digest, ...(varies && { varies }) };
  };
  const papers = [
    await write("evidence.json", `${JSON.stringify(evidence)}\n`),
    await write("MODEL_CARD.md", modelCard(known), "with-approvals"),
    await write("ml-bom.cdx.json", mlBom(known), "with-approvals"),
  ];
  const listed = [...files, ...papers].map(({ name, digest }) => ({ path: name, sha256: digest.slice("sha256:".length) }));
  const sums = await write("SHA256SUMS", sha256Sums(listed), "with-approvals");
  const isEarly = isPrerelease(version);
  return {
    tag,
    marker: releaseMarker(tagObject, evidence.seal?.resultDigest ?? evidence.inputHash),
    name: `${model} ${version}`,
    body: releaseBody({
      evidence,
      approvedBy: approvals.map(({ login }) => login),
      pullRequest: pullRequestOf(shipment),
      commit,
      override: known.formatOverride?.reason,
    }),
    target: commit,
    prerelease: isEarly,
    makeLatest: isEarly ? "false" : latestOrNot(await machine.github.releases.latest(), { model, version }),
    files: [...files, ...papers, sums, ...(await signature(folder, machine))],
    mayHave: [...files.map(({ name }) => name), ...ownNames],
  };
}

async function signature(folder: string, { files, signingKey }: PromotionMachine): Promise<readonly ReleaseFile[]> {
  if (signingKey === undefined) return [];
  const path = join(folder, "model.sig");
  await signModel(folder, path, signingKey, files);
  return [{ name: "model.sig", path, digest: (await files.digest(path)).digest, varies: "each-time" }];
}

function pullRequestOf({ facts: { proof } }: Shipment): number | undefined {
  return "wrong" in proof ? undefined : proof.pullRequest;
}

async function releaseFacts(shipment: Shipment, machine: PromotionMachine): Promise<ReleaseFacts> {
  const { facts, tagged, evidence, approvals, override, predecessor } = shipment;
  const { version, proof } = facts;
  if ("wrong" in proof) throw new Error(`What has no proof is to be released: ${proof.wrong}`);
  const { pullRequest, verdict } = proof;
  return {
    serverUrl: machine.serverUrl,
    repository: evidence.source.repository,
    version,
    commit: tagged.commit,
    evidence,
    verdict,
    trust: pullRequest === undefined ? "protected" : "pull-request",
    approvals: approvals.map(({ login, headSha, at, via }) => ({ by: login, headSha, at, via, pullRequest })),
    predecessor: predecessor === undefined ? undefined : { version: predecessor },
    formatOverride: override,
    statements: await readStatements(shipment, machine),
  };
}

/** By the tagged tree. */
async function readStatements({ facts, tagged, workingDirectory }: Shipment, { git }: PromotionMachine): Promise<Statements> {
  const declared = facts.rules?.card;
  const path = posix.join(workingDirectory, declared ?? "MODEL_CARD.md");
  const text = await git.read(tagged.commit, path);
  if (text) return parseStatements(text.toString("utf8"), path);
  if (declared === undefined) return noStatements;
  throw new MissingDataError(
    `${path}, which promote.card names, is not in the tagged tree. Add it and tag a new version, or name another file.`,
  );
}
