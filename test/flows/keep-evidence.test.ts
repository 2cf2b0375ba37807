import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { resultDigest, verifySeal } from "../../src/evidence/seal.ts";
import { evidenceFileName, predictionsFilesName } from "../../src/flows/job-files.ts";
import { keepSealed } from "../../src/flows/keep-evidence.ts";
import { readPredictions } from "../../src/scoring/predictions-file.ts";
import { sampleEvidence } from "../evidence/sample-evidence.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, model } from "./workplace.ts";

describe("keeping sealed evidence", () => {
  it("seals what it keeps, and keeps it so that it can be parsed and verified", async () => {
    const { machine, runsFolder } = await createWorkplace();
    const sealed = await keepSealed(sampleEvidence({ model }), {}, machine);
    const text = await files.readText(join(runsFolder, evidenceFileName(model, sealed.inputHash)));
    const read = parseEvidence(text ?? "", "the kept file");
    expect(read).toEqual(sealed);
    expect(() => verifySeal(read)).not.toThrow();
    expect(read.seal).toEqual({ resultDigest: resultDigest(read), sealedAt: machine.now().toISOString() });
    expect(await files.exists(join(runsFolder, predictionsFilesName(model)))).toBe(false);
  });

  it("keeps the predictions apart from it, under the digest that the evidence names", async () => {
    const place = await createWorkplace();
    const { evidence } = await place.run(place.first, null);
    const digest = evidence.evaluations[0]?.candidate?.predictions[0] ?? "";
    expect(await files.list(place.runsFolder)).toContain(evidenceFileName(model, evidence.inputHash));
    expect(await files.list(join(place.runsFolder, predictionsFilesName(model)))).toEqual([`${digest.slice(7)}.csv`]);
    const file = join(place.runsFolder, predictionsFilesName(model), `${digest.slice(7)}.csv`);
    expect((await files.digest(file)).digest).toBe(digest);
    expect((await readPredictions(file)).ids).toHaveLength(400);
  });

  it("replaces the seal of an earlier attempt", async () => {
    const { machine } = await createWorkplace();
    const first = await keepSealed(sampleEvidence({ model }), {}, machine);
    const again = await keepSealed({ ...first, evaluations: [] }, {}, machine);
    expect(again.seal?.resultDigest).not.toBe(first.seal?.resultDigest);
    expect(() => verifySeal(again)).not.toThrow();
  });
});
