import { describe, expect, it } from "vitest";
import { verifySeal } from "../../src/evidence/seal.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import { createWorkplace, type Edits, model, setParam, type Workplace } from "./workplace.ts";

/** Rows of x with labels, and a category; `seed` chooses another sample of the same distribution. */
function rows(seed: number, count = 400, change: (x: number, index: number) => string = String): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const x = (index * 37 + seed * 11) % 100;
    return `${index},${change(x, index)},${["a", "b", "c"][(index + seed) % 3]},${x >= 50 ? 1 : 0}`;
  });
  return `id,x,kind,label\n${lines.join("\n")}\n`;
}

const withDrift: Edits = {
  "data/train.csv": rows(1),
  "assay.yml": (text) => text.replace("    gates:", "    drift: {exclude: [id]}\n    gates:\n      - {drift: true}"),
};

/** A baseline whose training data was profiled and recorded. */
async function createWithBaseline(edits: Edits = withDrift) {
  const place = await createWorkplace();
  const base = await place.edit(edits);
  const { plan, evidence } = await place.run(base, null);
  await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
  return { place, base, evidence };
}

async function dataOf(place: Workplace, base: string, edits: Edits) {
  const head = await place.edit(edits);
  const { evidence } = await place.run(head, base);
  expect(() => verifySeal(evidence)).not.toThrow();
  return evidence.data;
}

const states = (data: Awaited<ReturnType<typeof dataOf>>) =>
  data?.drift?.map(({ columns }) => Object.fromEntries(columns.map(({ name, state }) => [name, state])));

describe("checking the training data of a change", () => {
  it("profiles a first model's tables, and says that there is nothing to compare them with", async () => {
    const { evidence, place } = await createWithBaseline();
    const [table] = evidence.data?.tables ?? [];
    expect(table).toMatchObject({ path: "data/train.csv", rows: 400, columns: 4 });
    expect(evidence.data).toMatchObject({ driftMissing: "There is no earlier data/train.csv to compare with yet." });
    expect(await place.records.store.has(table?.profile ?? "sha256:")).toBe(true);
  });

  it("finds which columns moved, against the kept profile", async () => {
    const { place, base } = await createWithBaseline();
    const data = await dataOf(place, base, {
      "data/train.csv": rows(2, 400, (x, i) => (i % 4 === 0 ? String(x + 500) : String(x))),
    });
    expect(data?.drift).toMatchObject([
      { table: "data/train.csv", preset: "assay", rows: { reference: 400, current: 400 }, drifted: 1 },
    ]);
    expect(states(data)).toEqual([{ x: "drifted", id: "not-compared", kind: "stable", label: "stable" }]);
    expect(place.lines.join("\n")).not.toContain("since none is kept");
  });

  it("names first what assay.yml says matters", async () => {
    const moved = (seed: number) =>
      rows(seed, 400, (x, i) => (i % 4 === 0 ? String(x + 500) : String(x))).replaceAll(",c,", ",b,");
    const first = async (weights: string) => {
      const { place, base } = await createWithBaseline({
        ...withDrift,
        "assay.yml": (text) =>
          text.replace("    gates:", `    drift: {exclude: [id], weights: ${weights}}\n    gates:\n      - {drift: true}`),
      });
      const data = await dataOf(place, base, { "data/train.csv": moved(2) });
      return data?.drift?.[0]?.columns.slice(0, 2).map(({ name, state }) => [name, state]);
    };
    expect(await first("{x: 10}")).toEqual([
      ["x", "drifted"],
      ["kind", "drifted"],
    ]);
    expect(await first("{kind: 10}")).toEqual([
      ["kind", "drifted"],
      ["x", "drifted"],
    ]);
  });

  it("finds nothing in rows that were only shuffled", async () => {
    const { place, base } = await createWithBaseline();
    const shuffled = (text: string) => {
      const [header = "", ...lines] = text.trimEnd().split("\n");
      return `${[header, ...lines.reverse()].join("\n")}\n`;
    };
    expect((await dataOf(place, base, { "data/train.csv": shuffled }))?.drift).toMatchObject([{ drifted: 0 }]);
  });

  it("reads nothing where the data is the baseline's", async () => {
    const { place, base, evidence } = await createWithBaseline();
    expect(await dataOf(place, base, setParam("threshold", 50))).toEqual({ tables: evidence.data?.tables, unchanged: true });
  });

  it("profiles the baseline's data where no profile is kept", async () => {
    const place = await createWorkplace();
    const base = await place.edit({ "data/train.csv": rows(1) });
    const { plan, evidence } = await place.run(base, null);
    expect(evidence.data).toBeUndefined();
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    const law = await place.edit({ "assay.yml": withDrift["assay.yml"] ?? "" });
    const data = await dataOf(place, law, { "data/train.csv": rows(2, 400, (x) => String(x * 2)) });
    expect(states(data)?.[0]).toMatchObject({ x: "drifted" });
    expect(place.lines.join("\n")).toContain(`Profiling data/train.csv of ${law.slice(0, 7)}, since none is kept`);
  });

  it("does not lose the drift of one table by another that has nothing to be compared with, and names one that is gone", async () => {
    const { place, base } = await createWithBaseline();
    const moved = { "data/train.csv": rows(1, 400, (x) => String(x + 500)), "data/more.csv": rows(3) };
    const both = (text: string) => text.replace("data: [data/train.csv]", "data: [data/train.csv, data/more.csv]");
    const added = await dataOf(place, base, { ...moved, "assay.yml": both });
    expect(states(added)).toMatchObject([{ x: "drifted" }]);
    expect(added?.driftMissing).toBe("There is no earlier data/more.csv to compare with yet.");
    const only = (text: string) => text.replace("data: [data/train.csv, data/more.csv]", "data: [data/more.csv]");
    const gone = await dataOf(place, base, {
      "assay.yml": only,
      "train.mjs": (text) => text.replace("data/train.csv", "data/more.csv"),
    });
    expect(gone?.driftMissing).toContain("data/train.csv was compared before, and is not now.");
  });

  it("says what is not looked at, unless it is the baseline's: folders, what is no table, and tables past the tenth", async () => {
    const many = Array.from({ length: 11 }, (_, table) => `data/${table}.csv`);
    const data = ["data/train.csv", ...many, "data/pictures", "data/notes.txt"];
    const { place, base } = await createWithBaseline({
      ...withDrift,
      ...Object.fromEntries(many.map((path, table) => [path, `x\n${table}\n${table + 1}\n`])),
      ...{ "data/pictures/1.png": "1", "data/notes.txt": "a" },
      "assay.yml": (text) =>
        text
          .replace("data: [data/train.csv]", `data: [${data.join(", ")}]`)
          .replace("    gates:", "    drift: {exclude: [id]}\n    gates:\n      - {drift: true}"),
    });
    const first = await dataOf(place, base, { "data/train.csv": rows(2) });
    expect(first?.drift).toHaveLength(10);
    expect(first?.driftMissing).toBeUndefined();
    const second = await dataOf(place, base, { "data/pictures/1.png": "2", "data/notes.txt": "b", "data/10.csv": "x\n500\n" });
    expect(second?.drift).toHaveLength(10);
    for (const path of ["data/10.csv", "data/pictures", "data/notes.txt"])
      expect(second?.driftMissing).toContain(`${path} was not looked at`);
    expect(second?.driftMissing).not.toContain("data/9.csv");
  });

  const typed = (types: string, data = "data/train.csv"): Edits => ({
    ...withDrift,
    "assay.yml": (text) =>
      text
        .replace("data: [data/train.csv]", `data: [${data}]`)
        .replace("    gates:", `    drift: {exclude: [id], types: ${types}}\n    gates:\n      - {drift: true}`),
  });

  it("takes a declared type where there is such a column: of two tables one may lack it, and a change may take it away", async () => {
    const labels = `id,score\n${Array.from({ length: 400 }, (_, row) => `${row},${row % 7}`).join("\n")}\n`;
    const two = { ...typed("{kind: category}", "data/train.csv, data/more.csv"), "data/more.csv": labels };
    const { place, base, evidence } = await createWithBaseline(two);
    expect(evidence.data?.tables).toMatchObject([{ path: "data/train.csv" }, { path: "data/more.csv" }]);
    const withoutKind = (text: string) => text.replaceAll(/,[abc],/g, ",").replace("kind,", "");
    const data = await dataOf(place, base, { "data/train.csv": withoutKind });
    expect(states(data)?.[0]).toMatchObject({ kind: "removed", x: "stable" });
    expect(data?.driftMissing).toBeUndefined();
  });

  it("takes a kept profile only while its columns are of the declared types", async () => {
    const { place, evidence } = await createWithBaseline();
    const retyped = {
      "assay.yml": (text: string) => text.replace("{exclude: [id]}", "{exclude: [id], types: {label: category}}"),
    };
    const law = await place.edit(retyped);
    const same = await dataOf(place, law, setParam("threshold", 50));
    expect(same).toMatchObject({ unchanged: true, tables: [{ path: "data/train.csv" }] });
    expect(same?.tables[0]?.profile).not.toBe(evidence.data?.tables[0]?.profile);
    const data = await dataOf(place, law, { "data/train.csv": rows(2) });
    expect(data?.drift?.[0]?.columns.find(({ name }) => name === "label")?.type).toBe("category");
    expect(place.lines.join("\n")).toContain(`Profiling data/train.csv of ${law.slice(0, 7)}, since drift.types is not that of`);
  });

  it("says of a declared type that no table has such a column", async () => {
    const { evidence } = await createWithBaseline(typed("{knid: category}"));
    expect(evidence.data?.driftMissing).toMatch(/drift\.types of threshold: A type is declared for "knid", but there is no such/);
    expect(evidence.data?.tables[0]?.profile).toBeDefined();
  });

  it("counts a word among declared numbers in the change's table, which then only has no profile", async () => {
    const { place, base } = await createWithBaseline(typed("{x: number}"));
    const word = (x: number, index: number) => (index === 3 ? "many" : String(x));
    const data = await dataOf(place, base, { "data/train.csv": rows(2, 400, word) });
    expect(states(data)?.[0]).toMatchObject({ x: "stable" });
    expect(data?.driftMissing).toBeUndefined();
    const [table] = data?.tables ?? [];
    expect(table).toMatchObject({ profileMissing: expect.stringMatching(/train\.csv:5: column "x" is declared as number/) });
    expect(table?.profile).toBeUndefined();
  });

  it("records why nothing could be looked for, and goes on", async () => {
    const { place, base } = await createWithBaseline();
    const data = await dataOf(place, base, { "data/train.csv": "id,x,kind,label\n1,2\n3,4,5,6,7\n" });
    expect(data?.drift).toBeUndefined();
    expect(data?.driftMissing).toMatch(/data\/train\.csv: .* line 2 has 2/);
  });

  it("is asked for by the base branch, not by the change", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    expect(await dataOf(place, place.first, withDrift)).toBeUndefined();
  });
});
