import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MissingDataError } from "../../src/errors/errors.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { fetchRun } from "../../src/flows/fetch-run.ts";
import { runFilesName } from "../../src/flows/job-files.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import type { PlannedRun } from "../../src/plan/plan.ts";
import { sampleEvidence } from "../evidence/sample-evidence.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, type Edits, model, setParam, threeSeeds, type Workplace } from "./workplace.ts";

/** A trained run of this workflow run, and the folder it is kept in. */
async function createTrained(edits: Edits = {}) {
  const place = await createWorkplace();
  const commit = Object.keys(edits).length === 0 ? place.first : await place.edit(edits);
  const { plan, planned, evidence } = await place.run(commit, null);
  const run = planned.candidate;
  const kept = join(place.runsFolder, runFilesName(model, run.inputHash));
  return { place, plan, run, kept, evidence, fetch: (planned = run) => fetchRun(model, planned, place.machine, place.records) };
}

const fromStore = (run: PlannedRun): PlannedRun => ({
  ...run,
  decision: "reuse",
  run: { kind: "store", inputHash: run.inputHash, origin: "the ledger" },
});

async function rejection(attempt: Promise<unknown>): Promise<MissingDataError> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof MissingDataError) return error;
  throw new Error(`expected missing data, got ${String(error)}`);
}

describe("fetching a run of this workflow run", () => {
  it("brings the model and removes it again when it is no longer needed", async () => {
    const { fetch, run } = await createTrained();
    const fetched = await fetch();
    expect(fetched.evidence.inputHash).toBe(run.inputHash);
    expect(await files.readText(join(fetched.modelFolders[0] ?? "", "model.json"))).toContain('"threshold":40');
    await fetched.remove();
    expect(existsSync(fetched.modelFolders[0] ?? "")).toBe(false);
  });

  it("refuses a model file that is not what the evidence says, naming both digests", async () => {
    const { fetch, kept } = await createTrained();
    await files.write(join(kept, "trainings", "1", "model", "model.json"), '{"threshold":99}');
    const { message } = await rejection(fetch());
    expect(message).toMatch(/^threshold: model\.json should be sha256:/);
    expect(message).toContain(digestOf('{"threshold":99}'));
  });

  it("refuses a run whose model file is gone", async () => {
    const { fetch, kept } = await createTrained();
    await files.remove(join(kept, "trainings", "1", "model", "model.json"));
    expect((await rejection(fetch())).message).toMatch(/should be sha256:\w+ by its evidence, but nothing was found/);
  });

  it("refuses another run's evidence under this run's name", async () => {
    const { fetch, kept, place, run } = await createTrained();
    const head = await place.edit(setParam("threshold", 50));
    const other = await place.run(head, place.first);
    await place.machine.jobFiles.fetch(runFilesName(model, other.planned.candidate.inputHash), kept);
    const { message } = await rejection(fetch());
    expect(message).toContain(other.planned.candidate.inputHash);
    expect(message).toContain(run.inputHash);
  });

  it("says that a run which is not there has to be trained", async () => {
    const { fetch, run } = await createTrained();
    const unknown = { ...run, inputHash: digestOf("never trained") };
    expect((await rejection(fetch(unknown))).message).toMatch(/no run with input hash .*Train it first/);
    const gone = {
      ...unknown,
      run: { kind: "artifact", inputHash: unknown.inputHash, artifactName: "gone", origin: "#7 (run 8)" },
    };
    expect((await rejection(fetch(gone as PlannedRun))).message).toContain("in #7 (run 8)");
  });

  it("never finds what a failed training left behind, and says why it failed", async () => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("trouble", "no-model"));
    const { plan, planned } = await place.planOf(head, null);
    const [evidence] = await place.train(plan);
    expect(evidence?.trainings[0]?.outcome).toBe("invalid-output");
    const error = await rejection(fetchRun(model, planned.candidate, place.machine, place.records));
    expect(error.message).toMatch(/^threshold could not be trained: No model was written\./);
    expect(await place.lookup.findRun(model, planned.candidate.inputHash)).toBeUndefined();
  });
});

describe("fetching a recorded run", () => {
  async function createRecorded(edits: Edits = {}) {
    const trained = await createTrained(edits);
    const { place, plan, evidence } = trained;
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    await files.remove(place.runsFolder);
    return { ...trained, fetch: (run = fromStore(trained.run)) => trained.fetch(run) };
  }

  it("brings the model and the predictions that were kept, of that test set only", async () => {
    const { fetch, evidence } = await createRecorded();
    const fetched = await fetch();
    const digest = evidence.evaluations[0]?.testSet.digest ?? "";
    const scoring = evidence.evaluations[0]?.candidate?.scoring ?? "";
    const kept = await fetched.keptPredictions(digest, scoring);
    expect(kept).toHaveLength(1);
    expect(await files.readText(kept?.[0] ?? "")).toMatch(/^id,prediction,score\n/);
    expect(await fetched.keptPredictions(digestOf("another test set"), scoring)).toBeUndefined();
    expect(await fetched.keptPredictions(digest, digestOf("another predict command"))).toBeUndefined();
    await fetched.remove();
  });

  it("says that the predictions are not kept when the store lost them: the model is scored again", async () => {
    const { fetch, evidence, place } = await createRecorded();
    const { testSet, candidate } = evidence.evaluations[0] ?? {};
    await files.remove(join(place.folder, "store", `sha256-${candidate?.predictions[0]?.slice(7)}`));
    const fetched = await fetch();
    expect(await fetched.keptPredictions(testSet?.digest ?? "", candidate?.scoring ?? "")).toBeUndefined();
    await fetched.remove();
  });

  it("brings every training's model and predictions, and no predictions when one training's are lost", async () => {
    const { fetch, evidence, place } = await createRecorded(threeSeeds);
    const { testSet, candidate } = evidence.evaluations[0] ?? {};
    const fetched = await fetch();
    const models = await Promise.all(fetched.modelFolders.map((folder) => files.readText(join(folder, "model.json"))));
    expect(models.map((text) => JSON.parse(text ?? "").threshold)).toEqual([46, 48, 50]);
    const kept = await fetched.keptPredictions(testSet?.digest ?? "", candidate?.scoring ?? "");
    const digests = await Promise.all((kept ?? []).map(async (file) => (await files.digest(file)).digest));
    expect(digests).toEqual(candidate?.predictions);

    await files.remove(join(place.folder, "store", `sha256-${candidate?.predictions[1]?.slice(7)}`));
    expect(await fetched.keptPredictions(testSet?.digest ?? "", candidate?.scoring ?? "")).toBeUndefined();
    await fetched.remove();
  });

  it("names what the store no longer has", async () => {
    const { fetch, place } = await createRecorded();
    await files.remove(join(place.folder, "store"));
    expect((await rejection(fetch())).message).toMatch(/no longer has model\.json .*Plan again/);
  });

  it("says that the ledger has no such record any more", async () => {
    const { fetch, run } = await createRecorded();
    const unknown = fromStore({ ...run, inputHash: digestOf("never recorded") });
    expect((await rejection(fetch(unknown))).message).toMatch(/the ledger has no record/);
  });

  it("brings empty model files too, which no store holds", async () => {
    const place = await createWorkplace();
    const evidence = await recordWithFiles(place, [{ path: "weights/empty.bin", digest: digestOf(""), bytes: 0 }]);
    const fetched = await fetchRun(model, fromStore(plannedRunOf(evidence)), place.machine, place.records);
    expect(await files.readText(join(fetched.modelFolders[0] ?? "", "weights", "empty.bin"))).toBe("");
    await fetched.remove();
  });

  it.each(["../outside.txt", "weights/../../outside.txt", "/tmp/assay-outside.txt", "..\\outside.txt", "."])(
    "writes no file outside the model's folder, whatever path a record names: %s",
    async (path) => {
      const place = await createWorkplace();
      const evidence = await recordWithFiles(place, [{ path, digest: digestOf(""), bytes: 0 }]);
      const attempt = fetchRun(model, fromStore(plannedRunOf(evidence)), place.machine, place.records);
      await expect(attempt).rejects.toThrow(/^threshold: the ledger has no record of input hash .* any more/);
    },
  );
});

type FileRecords = NonNullable<Evidence["trainings"][number]["model"]>["files"];

async function recordWithFiles(place: Workplace, modelFiles: FileRecords): Promise<Evidence> {
  const plain = sampleEvidence({ model });
  const trainings = plain.trainings.map((training) => ({
    ...training,
    model: { digest: digestOf("model"), format: "files", files: modelFiles },
  }));
  const evidence = sealEvidence({ ...plain, trainings }, new Date(0));
  await place.records.ledger.recordEvidence(evidence);
  return evidence;
}

function plannedRunOf({ inputHash, source }: Evidence): PlannedRun {
  return { commit: source.commit, inputHash, inputs: [], scoring: digestOf("scoring"), decision: "train", because: [] };
}
