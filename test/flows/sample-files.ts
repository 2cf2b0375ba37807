import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { harnessSamples, makeDocuments, plantedDrop } from "../fixtures/samples/make-samples.ts";

const documents = makeDocuments(plantedDrop);

/** Paths of two sample files with a drop in one category, baseline first, removed when the test is over. */
export function samples(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "assay-samples-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return (["baseline", "candidate"] as const).map((side) => {
    const path = join(folder, `samples_${side}.jsonl`);
    writeFileSync(path, harnessSamples(documents, side));
    return path;
  });
}
