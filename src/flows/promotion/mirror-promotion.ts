import { join } from "node:path";
import { AssayError, MirrorError, MissingDataError } from "../../errors/errors.ts";
import { canonicalJson, type Digest, digestOf, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../../evidence/parse-evidence.ts";
import { visible } from "../../markdown/escape.ts";
import { type MirroredFile, mirrorVersion } from "../../mlflow/mirror-version.ts";
import { createRestMlflow } from "../../mlflow/rest-mlflow.ts";
import { readTrackingServer } from "../../mlflow/tracking-server.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import type { TaggedVersion } from "../../registry/find-version.ts";
import { assetNames, paperNames } from "../../release/asset-names.ts";
import { currentEvaluation, shippedModel } from "../../release/release-facts.ts";
import { aliasOf } from "../../spec/mlflow-names.ts";
import type { Promote } from "../../spec/spec.ts";
import type { Mirror, StageMove } from "./move-stage.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

interface Shipped {
  evidence: Evidence;
  files: readonly MirroredFile[];
}

/**
 * The mirror that the model's rules declare; undefined: none.
 * @param shipped asked only once there is something to be shown, with an empty folder
 * @throws UsageError when the environment does not say where it is: asked before anything is published
 */
export function openMirror(
  rules: Promote | undefined,
  shipped: (folder: string) => Promise<Shipped>,
  machine: PromotionMachine,
): Mirror | undefined {
  const declared = rules?.mlflow;
  if (declared === undefined) return undefined;
  const server = readTrackingServer(declared.url, machine.environment);
  return async (move, isCurrent) => {
    const { model, version, stage } = move;
    const { breakGlass } = move.grounds;
    const { registeredModel, experiment } = declared;
    machine.progress(`Showing ${version} in ${stage} on MLflow`);
    const folder = await machine.files.makeTemporaryFolder("assay-mirror-");
    try {
      const { evidence, files } = await shipped(folder);
      await mirrorVersion(
        createRestMlflow(server),
        {
          ...{ registeredModel, experiment, files },
          ...described(move, evidence, files, machine),
          metrics: metricsOf(evidence),
          alias: aliasOf(stage),
          mark: breakGlass && { key: `assay.break-glass.${aliasOf(stage)}`, value: visible(whoBrokeGlass(breakGlass), maxMark) },
        },
        { isCurrent, now: machine.now },
      );
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      throw new MirrorError(`MLflow does not show ${model} ${version} in ${stage}: ${error.message}`, { cause: error });
    } finally {
      await machine.files.remove(folder);
    }
  };
}

const maxMark = 2_000;

/** In the words of the registry, and of MLflow where it has some. */
function described(
  { model, version, tagged, release }: StageMove,
  evidence: Evidence,
  files: readonly MirroredFile[],
  { github, serverUrl }: PromotionMachine,
) {
  const repository = `${github.repository.owner}/${github.repository.name}`;
  const bytes = files.map(({ path, digest }) => [path, digest]);
  const release_ = { repository, model, version, tagObject: tagged.tagObject, bytes };
  const tags = {
    "assay.model": model,
    "assay.version": version,
    "assay.tag": tagged.tag,
    "assay.release-url": release.url,
    "assay.input-hash": evidence.inputHash,
    "assay.result-digest": evidence.seal?.resultDigest ?? "",
    "mlflow.source.git.commit": tagged.commit,
    "mlflow.source.git.repoURL": `${serverUrl}/${repository}`,
  };
  return {
    key: { key: "assay.release", value: shortDigest(digestOf(canonicalJson(release_)), 32) },
    name: `${model} ${version}`,
    description: `${model} ${version}, released by Assay: ${release.url}`,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
  };
}

/** Numbers that MLflow can hold, under names that it takes. */
function metricsOf(evidence: Evidence): ReadonlyMap<string, number> {
  const metrics = currentEvaluation(evidence)?.candidate?.metrics ?? [];
  return new Map(
    metrics.flatMap(({ metric, value }) => (value === null ? [] : [[metric.replaceAll(/[^\w./ -]/g, "_"), value] as const])),
  );
}

/** What the release has, which was held against what was shipped. */
export async function releasedModel(
  { tag }: TaggedVersion,
  folder: string,
  { github: { releases }, files }: PromotionMachine,
): Promise<Shipped> {
  const release = await releases.findByTag(tag);
  const assets = release ? await releases.assets(release.id) : [];
  const fetchAsset = async (name: string, digest?: Digest): Promise<string> => {
    const asset = assets.find((one) => one.name === name && one.state === "uploaded");
    if (asset === undefined) throw new MissingDataError(`The release of ${tag} has no ${name} any more. Promote it again.`);
    const file = join(folder, name);
    const downloaded = await releases.downloadAsset(asset.id, file, digest);
    if (digest === undefined || downloaded.digest === digest) return file;
    throw new MissingDataError(`${name} of the release of ${tag} is not the file that was proven. Tag a new version.`);
  };
  const text = await files.readText(await fetchAsset(paperNames.evidence), maxEvidenceBytes);
  const evidence = parseEvidence(text ?? "", `${paperNames.evidence} of the release of ${tag}`);
  const recorded = (shippedModel(evidence)?.files ?? []).filter(({ bytes }) => bytes > 0);
  const names = assetNames(recorded.map(({ path }) => path));
  return {
    evidence,
    files: recorded.map(({ path, digest, bytes }, index) => ({
      ...{ path, digest, bytes },
      bring: () => fetchAsset(names[index] ?? "", digest),
    })),
  };
}
