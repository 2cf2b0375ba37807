import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MissingDataError, UsageError } from "../../src/errors/errors.ts";
import type { Digest } from "../../src/evidence/digest.ts";
import { type CompareWithModelRequest, compareWithModel } from "../../src/flows/compare-with-model.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import { createWorkplace, type Edits, model, setParam, type Workplace } from "./workplace.ts";

/** `x` from 0 to 99 and a label. */
function rows(count: number, shift = 0): string {
  const lines = Array.from(
    { length: count },
    (_, row) => `${row},${((row * 37) % 100) + shift},${Number((row * 37) % 100 >= 50)}`,
  );
  return `id,x,label\n${lines.join("\n")}\n`;
}

const withDrift: Edits = {
  "assay.yml": (text) => text.replace("    gates:", "    drift: {exclude: [id], max-drifted: 3}\n    gates:"),
  "data/train.csv": rows(400),
};

/** A model that is recorded as the default branch's, the last one if several. */
async function createRecorded(...changes: Edits[]) {
  const place = await createWorkplace();
  const hashes: Digest[] = [];
  for (const edits of changes) {
    const { plan, evidence } = await place.run(await place.edit(edits), null);
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    hashes.push(evidence.inputHash);
  }
  return { place, last: hashes.at(-1) };
}

const live = "live.csv";
const nothingNewer = async () => undefined;

const compare = (
  place: Workplace,
  change: Partial<CompareWithModelRequest> = {},
  newest: (name: string) => Promise<Digest | undefined> = nothingNewer,
) =>
  compareWithModel({ model, table: undefined, spec: undefined, current: live, ...change }, place.machine, place.records, newest);

const write = (place: Workplace, text: string) => place.repository.write(live, text);

describe("comparing live data with a model's training data", () => {
  it("takes the kept profile and the settings of assay.yml, and needs no training data", async () => {
    const { place } = await createRecorded(withDrift);
    rmSync(join(place.repository.folder, "data/train.csv"));
    write(place, rows(400, 60));
    const { table, result, maxDrifted, profile } = await compare(place);
    expect({ table, maxDrifted }).toEqual({ table: "data/train.csv", maxDrifted: 3 });
    expect(await place.records.store.has(profile)).toBe(true);
    expect(result.columns.map(({ name, state }) => [name, state])).toEqual([
      ["x", "drifted"],
      ["label", "stable"],
      ["id", "not-compared"],
    ]);
    write(place, rows(300));
    expect((await compare(place)).result).toMatchObject({ drifted: 0, rows: { reference: 400, current: 300 } });
  });

  it("has a profile once `drift` is added to a model that is recorded already, without training it again", async () => {
    const place = await createWorkplace();
    const recorded = await place.edit({ "data/train.csv": rows(400) });
    const first = await place.run(recorded, null);
    await recordBaselines(first.plan, new Map([[model, first.evidence]]), place.machine, place.records);
    const added = await place.edit(withDrift);
    write(place, rows(400, 60));
    await expect(compare(place)).rejects.toThrow(/has no profile of its training data\. The next run with `drift`/);
    const { plan, planned, evidence } = await place.run(added, recorded, "push");
    expect(planned).toMatchObject({ candidate: { decision: "reuse" }, evaluate: true });
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    expect((await compare(place)).result).toMatchObject({ drifted: 1, rows: { reference: 400 } });
  });

  it("takes the run that was recorded last where that of this commit is not recorded", async () => {
    const { place, last } = await createRecorded(withDrift);
    await place.edit(setParam("threshold", 55));
    write(place, rows(400));
    await expect(compare(place)).rejects.toThrow(/ledger has no run of threshold/);
    const { result } = await compare(place, {}, async () => last);
    expect(result.drifted).toBe(0);
    expect(place.lines.at(-1)).toMatch(/is not recorded yet: [0-9a-f]{7}, which is the last one, is compared with/);
  });

  it("asks which table where a model has several", async () => {
    const two: Edits = {
      ...withDrift,
      "data/more.csv": rows(400, 60),
      "assay.yml": (text) =>
        text
          .replace("    gates:", "    drift: {exclude: [id]}\n    gates:")
          .replace("data: [data/train.csv]", "data: [data/train.csv, data/more.csv]"),
    };
    const { place } = await createRecorded(two);
    write(place, rows(400, 60));
    await expect(compare(place)).rejects.toThrow(/trained on 2 tables: data\/train\.csv, data\/more\.csv.*`reference`/);
    await expect(compare(place, { table: "data/other.csv" })).rejects.toThrow(
      /not trained on "data\/other\.csv", but on data\/train/,
    );
    expect((await compare(place, { table: "data/more.csv" })).result.drifted).toBe(0);
    expect((await compare(place, { table: "data/train.csv" })).result.drifted).toBe(1);
  });

  it("says what is not there: a spec, a model, drift in it, a profile", async () => {
    const { place } = await createRecorded({});
    await expect(compare(place)).rejects.toThrow(/models\.threshold of assay\.yml has no `drift`/);
    await expect(compare(place, { model: "fraud" })).rejects.toThrow(
      new UsageError("assay.yml has no model fraud. It has threshold."),
    );
    await expect(compare(place, { spec: "ml/assay.yml" })).rejects.toThrow(/There is no ml\/assay\.yml at [0-9a-f]{7}/);
    await place.edit({ "assay.yml": withDrift["assay.yml"] ?? "" });
    await expect(compare(place)).rejects.toThrow(
      /recorded run of threshold at [0-9a-f]{7} has no profile of its training data\./,
    );
  });

  it("says why the recorded run has no profile, and of a declared type that no column has it", async () => {
    const typed = (text: string) => text.replace("    gates:", "    drift: {types: {x: number}}\n    gates:");
    const { place } = await createRecorded({ "assay.yml": typed, "data/train.csv": rows(400).replace("\n1,37,", "\n1,many,") });
    write(place, rows(10));
    await expect(compare(place)).rejects.toThrow(
      /recorded run of threshold at [0-9a-f]{7} has no profile of data\/train\.csv\. data\/train\.csv:3: column "x" is declared/,
    );
    const { place: other } = await createRecorded(withDrift);
    await other.edit({ "assay.yml": (text) => text.replace("max-drifted", "types: {y: number}, max-drifted") });
    write(other, rows(10));
    await expect(compare(other)).rejects.toThrow(/A type is declared for "y", but there is no such column; there are "id", "x"/);
  });

  it("says that a profile is gone from the store", async () => {
    const { place } = await createRecorded(withDrift);
    write(place, rows(10));
    rmSync(join(place.folder, "store"), { recursive: true });
    const error = await compare(place).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MissingDataError);
    expect(String(error)).toMatch(/profile of data\/train\.csv \(sha256:[0-9a-f]{64}\) is no longer in the model store/);
  });
});
