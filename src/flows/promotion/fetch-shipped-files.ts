import { join } from "node:path";
import { MissingDataError, UsageError } from "../../errors/errors.ts";
import type { Digest } from "../../evidence/digest.ts";
import type { Evidence, FileRecord } from "../../evidence/evidence.ts";
import { decideFormats, type FormatDecision, type FormatRule } from "../../release/formats/decide-formats.ts";
import { inspectModel } from "../../release/formats/inspect-model.ts";
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

/**
 * Brings the very model that was evaluated here, each file checked by its digest; of several trainings the first one's.
 * @throws MissingDataError when a file is gone from the store
 */
export async function fetchModelFiles(
  evidence: Evidence,
  folder: string,
  { records }: Pick<PromotionMachine, "records">,
): Promise<readonly ShippedFile[]> {
  // GitHub takes no empty file.
  const recorded = (evidence.trainings[0]?.model?.files ?? []).filter(({ bytes }) => bytes > 0);
  const names = namesOf(recorded);
  return Promise.all(
    recorded.map(async ({ path, digest, bytes }, index) => {
      const name = names[index] ?? "";
      const file = join(folder, name);
      if (!(await records.store.get(digest, file)))
        throw new MissingDataError(
          `${path} of ${evidence.model} (${digest.slice(0, 19)}…) is not in the model store any more. Train it again in a pull request.`,
        );
      return { name, inModel: path, path: file, digest, bytes };
    }),
  );
}

/** A release has no folders: `variables/weights.bin` becomes `variables__weights.bin`. */
function namesOf(files: readonly FileRecord[]): readonly string[] {
  const names = files.map(({ path }) => path.replaceAll("/", "__").replaceAll(/[^\w.+@-]/g, "."));
  const twice = names.find((name, index) => names.indexOf(name) !== index || ownNames.includes(name));
  if (twice === undefined) return names;
  throw new UsageError(`Two files of the release would be called ${twice}. Rename what train.outputs.model holds.`);
}

/** What a release has beside the model. */
export const ownNames: readonly string[] = ["SHA256SUMS", "evidence.json", "MODEL_CARD.md", "ml-bom.cdx.json", "model.sig"];

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
