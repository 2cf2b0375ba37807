import { join } from "node:path";
import { MissingDataError, UsageError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Evidence, FileRecord } from "../../evidence/evidence.ts";
import { assetNames, ownNames } from "../../release/asset-names.ts";
import { decideFormats, type FormatDecision } from "../../release/formats/decide-formats.ts";
import { inspectModel } from "../../release/formats/inspect-model.ts";
import { formatByName } from "../../release/formats/known-formats.ts";
import { shippedModel } from "../../release/release-facts.ts";
import type { FormatRule } from "../../spec/spec.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/** A file that a release has. */
export interface ShippedFile {
  /** Of letters, digits and `_ . + @ -`: what GitHub leaves as it is. */
  name: string;
  /** Among the model's files, by its evidence. */
  inModel: string;
  /** On this machine. */
  path: string;
  digest: Digest;
  bytes: number;
}

/** GitHub's limits of a release: so many files, each smaller than that. */
const maxAssets = 1_000;
const maxAssetBytes = 2 * 1024 ** 3;
/** So many are fetched at once. */
const lanes = 4;

/**
 * Brings the very model that was evaluated here, each file checked by its digest; of several trainings the first one's.
 * @throws MissingDataError when a file is gone from the store
 * @throws UsageError when GitHub takes no release of such files
 */
export async function fetchModelFiles(
  evidence: Evidence,
  folder: string,
  { records }: Pick<PromotionMachine, "records">,
): Promise<readonly ShippedFile[]> {
  const shipped = filesToShip(evidence).map((file): ShippedFile => ({ ...file, path: join(folder, file.name) }));
  const left = [...shipped];
  const fetchLeft = async () => {
    for (let file = left.shift(); file; file = left.shift())
      if (!(await records.store.get(file.digest, file.path)))
        throw new MissingDataError(
          `${file.inModel} of ${evidence.model} (${file.digest.slice(0, 19)}…) is not in the model store: what a merge made is there once the default branch's own run has ended, so wait for that. If it has, the file was deleted; train it again in a pull request.`,
        );
  };
  await Promise.all(Array.from({ length: lanes }, fetchLeft));
  return shipped;
}

/**
 * What a release has to have of the model that was evaluated: of several trainings the first one's.
 * @throws UsageError when GitHub takes no release of such files
 */
export function filesToShip(evidence: Evidence): readonly Omit<ShippedFile, "path">[] {
  // GitHub takes no empty file.
  const recorded = (shippedModel(evidence)?.files ?? []).filter(({ bytes }) => bytes > 0);
  refuseTooMuch(recorded);
  const names = assetNames(recorded.map(({ path }) => path));
  return recorded.map(({ path, digest, bytes }, index) => ({ name: names[index] ?? "", inModel: path, digest, bytes }));
}

function refuseTooMuch(files: readonly FileRecord[]): void {
  const most = maxAssets - ownNames.length;
  if (files.length > most)
    throw new UsageError(
      `The model has ${files.length} files, and a release on GitHub takes ${most} beside its papers. Have train.outputs.model be one archive.`,
    );
  const large = files.find(({ bytes }) => bytes >= maxAssetBytes);
  if (large)
    throw new UsageError(
      `${large.path} has ${large.bytes} bytes, and a release on GitHub takes files below 2 GiB. Save the model in several files, such as shards of safetensors.`,
    );
}

/** Why files may not be shipped, as far as their names tell it: what holds code under a name that says so. */
export function judgeNames(shipped: readonly Pick<ShippedFile, "inModel">[], rule: FormatRule): readonly string[] {
  const named = shipped.flatMap(({ inModel: path }) => {
    const format = formatByName(path);
    return format === undefined ? [] : [{ path, format }];
  });
  const decided = named.length === 0 ? undefined : decideFormats(named, rule);
  return decided?.outcome === "refused" ? decided.reasons : [];
}

/** What the files are, by their bytes, and whether that may be shipped. */
export async function judgeFormats(
  shipped: readonly ShippedFile[],
  rule: FormatRule,
  { files }: Pick<PromotionMachine, "files">,
): Promise<FormatDecision> {
  const paths = new Map(shipped.map(({ inModel, path }) => [inModel, path]));
  const inspected = await inspectModel({
    files: shipped.map(({ inModel, bytes }) => ({ path: inModel, bytes })),
    read: (path, from, maxBytes) => files.readPart(paths.get(path) ?? "", from, maxBytes),
  });
  return decideFormats(inspected, rule);
}
