import { UsageError } from "../errors/errors.ts";

/** What a release has beside the model: by what it is. */
export const paperNames = {
  sums: "SHA256SUMS",
  record: "release.json",
  evidence: "evidence.json",
  card: "MODEL_CARD.md",
  bom: "ml-bom.cdx.json",
  page: "report.html",
  signature: "model.sig",
} as const;

export const ownNames: readonly string[] = Object.values(paperNames);

/**
 * What a model's file is called in a release, which has no folders: `variables/weights.bin` becomes `variables__weights.bin`. What
 * GitHub would change it does not get: other characters become a dot, and a dot at either end has a `_` beside it.
 * @param path below the model's folder
 */
export function assetName(path: string): string {
  return path
    .replaceAll("/", "__")
    .replaceAll(/[^\w.+@-]/g, ".")
    .replace(/^(?=\.)|(?<=\.)$/g, "_");
}

/** @throws UsageError where two files would be called alike */
export function assetNames(paths: readonly string[]): readonly string[] {
  const names = paths.map(assetName);
  const twice = names.find((name, index) => names.indexOf(name) !== index || ownNames.includes(name));
  if (twice === undefined) return names;
  throw new UsageError(`Two files of the release would be called ${twice}. Rename what train.outputs.model holds.`);
}
