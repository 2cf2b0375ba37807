import { describe, expect, it } from "vitest";
import { parseEvidence } from "../../src/evidence/parse-evidence.ts";
import { verifySeal } from "../../src/evidence/seal.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import { isNew } from "../../src/quality/new-faults.ts";
import { createWorkplace, type Edits, model, setParam, type Workplace } from "./workplace.ts";

/** Rows of x and a category, with labels. */
function rows(change: (x: number, index: number) => string = String, count = 400): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const x = (index * 37 + 11) % 100;
    return `T${index},${change(x, index)},${["a", "b", "c"][index % 3]},${x >= 50 ? 1 : 0}`;
  });
  return `id,x,kind,label\n${lines.join("\n")}\n`;
}

/** Rules that the base branch has, beside a gate. */
function law(rules: string, gates = "      - {quality: error}\n"): (text: string) => string {
  return (text) => text.replace("    gates:\n", `    data:\n      rules: ${rules}\n    gates:\n${gates}`);
}

const withRule: Edits = {
  "data/train.csv": rows(),
  "assay.yml": law("[{column: x, min: 0}]"),
};

async function createWithBaseline(edits: Edits = withRule) {
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

type Data = Awaited<ReturnType<typeof dataOf>>;

const faultsOf = (data: Data, check: string) =>
  data?.quality?.flatMap(({ faults }) => faults).filter((fault) => fault.check === check) ?? [];

describe("looking for what is wrong with the data of a change", () => {
  it("names the rule that is broken, and the rows", async () => {
    const { place, base } = await createWithBaseline();
    const data = await dataOf(place, base, { "data/train.csv": rows((x, index) => String(index === 5 || index === 8 ? -1 : x)) });
    expect(data?.qualityMissing).toBeUndefined();
    expect(data?.quality).toMatchObject([{ table: "data/train.csv", rows: 400, columns: 4 }]);
    const [fault] = faultsOf(data, "rule.x.min");
    expect(fault).toMatchObject({ severity: "error", columns: ["x"], rows: { count: 2, of: 400 }, examples: [6, 9] });
    expect(fault?.place).toEqual({ file: "data/train.csv", line: 7 });
    expect(fault?.before).toBeUndefined();
  });

  it("finds nothing new in rows that were only shuffled", async () => {
    const { place, base, evidence } = await createWithBaseline();
    const before = evidence.data?.quality?.[0]?.faults.map(({ check, columns }) => [check, columns]);
    const shuffled = (text: string) => {
      const [header = "", ...lines] = text.trimEnd().split("\n");
      return `${[header, ...lines.reverse()].join("\n")}\n`;
    };
    const [table] = (await dataOf(place, base, { "data/train.csv": shuffled }))?.quality ?? [];
    expect(table?.faults.map(({ check, columns }) => [check, columns])).toEqual(before);
    expect(table?.faults.filter((fault) => fault.before === undefined)).toEqual([]);
  });

  it("tells what was wrong with the baseline's data apart from what is new", async () => {
    const bad = (index: number) => index % 100 === 7;
    const { place, base } = await createWithBaseline({
      ...withRule,
      "data/train.csv": rows((x, i) => String(bad(i) ? -x - 1 : x)),
    });
    const kept = await dataOf(place, base, { "data/train.csv": rows((x, i) => String(bad(i) ? -x - 1 : x + 0.5)) });
    expect(faultsOf(kept, "rule.x.min")).toMatchObject([
      { rows: { count: 4, of: 400 }, before: { rows: { count: 4, of: 400 } } },
    ]);
  });

  it("reads nothing again where the data and what is asked are the baseline's", async () => {
    const { place, base, evidence } = await createWithBaseline();
    const said = place.lines.length;
    const data = await dataOf(place, base, setParam("threshold", 50));
    expect(data?.quality?.[0]?.asked).toBe(evidence.data?.quality?.[0]?.asked);
    expect(data?.quality?.[0]?.faults.every(({ before }) => before !== undefined)).toBe(true);
    expect(place.lines.slice(said).join("\n")).not.toContain("Looking for what is wrong");
  });

  it("finds test rows that the change trains on", async () => {
    const { place, base } = await createWithBaseline();
    const test = (await place.machine.git.read(base, "data/test.csv"))?.toString("utf8").trimEnd().split("\n") ?? [];
    const [header = ""] = test;
    expect(header.split(",")).toEqual(["id", "x", "label"]);
    const table = rows((x, i) => String(x + i / 1_000))
      .split("\n")
      .map((line) =>
        line
          .split(",")
          .filter((_, index) => index !== 2)
          .join(","),
      )
      .join("\n");
    const leaked =
      table +
      test
        .slice(1, 40)
        .map((line, index) => line.replace(/^[^,]*/, `L${index}`))
        .join("\n");
    const data = await dataOf(place, base, { "data/train.csv": `${leaked}\n` });
    expect(faultsOf(data, "train-test-overlap")).toMatchObject([{ severity: "error", examplesOf: "test" }]);
    expect(faultsOf(data, "schema")).toMatchObject([{ columns: ["kind"], severity: "error" }]);
  });

  it("finds training rows in a test set that the change brings, though it trains on the same", async () => {
    const { place, base } = await createWithBaseline({
      ...withRule,
      "data/train.csv": rows((x, index) => String(x + index / 1_000))
        .replaceAll(/,[abc],/g, ",")
        .replace(",kind,", ","),
    });
    const learnt = async (text: string) => {
      const [header = "", ...lines] = (await place.machine.git.read(base, "data/train.csv"))?.toString("utf8").split("\n") ?? [];
      return `${text.trimEnd()}\n${lines
        .slice(0, 50)
        .map((line) => `again-${line}`)
        .join("\n")}\n`.replace(/^[^\n]+/, header);
    };
    const before = (await place.machine.git.read(base, "data/test.csv"))?.toString("utf8") ?? "";
    const data = await dataOf(place, base, { "data/test.csv": await learnt(before) });
    const [fault] = faultsOf(data, "train-test-overlap");
    // By chance three rows were in both before: a warning.
    expect(fault).toMatchObject({ severity: "error", examplesOf: "test", before: { severity: "warn", rows: { count: 3 } } });
    expect(fault && isNew(fault)).toBe(true);
  });

  it("finds rows of the old test set that the change trains on, where it brings another test set", async () => {
    const plain = rows((x, index) => String(x + index / 1_000))
      .replaceAll(/,[abc],/g, ",")
      .replace(",kind,", ",");
    const { place, base } = await createWithBaseline({ ...withRule, "data/train.csv": plain });
    const [header = "", ...old] =
      (await place.machine.git.read(base, "data/test.csv"))?.toString("utf8").trimEnd().split("\n") ?? [];
    const other = Array.from({ length: 60 }, (_, index) => `new-${index},${index + 0.123},${index >= 50 ? 1 : 0}`);
    const data = await dataOf(place, base, {
      "data/train.csv": `${plain}${old
        .slice(0, 40)
        .map((line) => `old-${line}`)
        .join("\n")}\n`,
      "data/test.csv": `${[header, ...other].join("\n")}\n`,
    });
    expect(faultsOf(data, "train-test-overlap")).toMatchObject([
      { severity: "error", examplesOf: "old-test", message: expect.stringContaining("of the test table of before") },
    ]);
  });

  it("goes by the base branch's rules, and a table that goes by another name does not get rid of them", async () => {
    const { place, base } = await createWithBaseline({
      ...withRule,
      "assay.yml": law("[{column: x, min: 0, table: data/train.csv}]"),
    });
    const data = await dataOf(place, base, {
      "data/other.csv": rows((x) => String(x - 50)),
      "train.mjs": (text) => text.replaceAll("data/train.csv", "data/other.csv"),
      "assay.yml": (text) => text.replaceAll("data/train.csv", "data/other.csv").replace("min: 0", "min: -100"),
    });
    expect(faultsOf(data, "rule.x.min[data/other.csv]")).toEqual([]);
    expect(data?.qualityMissing).toContain("x.min[data/train.csv] is about data/train.csv, which is no table of the model here");
  });

  it("looks at a test set that rules name", async () => {
    const { place, base } = await createWithBaseline({
      ...withRule,
      "assay.yml": law("[{column: x, max: 1000, table: data/test.csv}]"),
    });
    const data = await dataOf(place, base, { "data/test.csv": (text) => text.replace(/^([^,\n]+),\d+(.*)$/m, "$1,5000$2") });
    expect(data?.quality?.map(({ table }) => table)).toEqual(["data/train.csv", "data/test.csv"]);
    expect(faultsOf(data, "rule.x.max[data/test.csv]")).toMatchObject([{ rows: { count: 1 } }]);
  });

  it("records why a table could not be looked at, and goes on", async () => {
    const { place, base } = await createWithBaseline();
    const data = await dataOf(place, base, { "data/train.csv": "id,x,kind,label\n1,2\n3,4,5,6,7\n" });
    expect(data?.quality).toEqual([]);
    expect(data?.qualityMissing).toMatch(/data\/train\.csv: .* line 2 has 2/);
  });

  it("does not know of a rule that could not be computed, and asks again", async () => {
    const { place, base } = await createWithBaseline({
      ...withRule,
      "assay.yml": law("[{references: {column: kind, table: data/lost.csv, key: kind}}, {column: x, min: 0}]"),
    });
    const data = await dataOf(place, base, setParam("threshold", 50));
    expect(faultsOf(data, "rule.kind.references")).toEqual([]);
    expect(data?.quality).toMatchObject([{ table: "data/train.csv" }]);
    expect(data?.quality?.[0]?.asked).toBeUndefined();
    expect(data?.qualityMissing).toMatch(/^data\/train\.csv, rule\.kind\.references: data\/lost\.csv: there is no such file/);
  });

  it.each(["{}", "{types: {kind: category}}"])("finds the same beside drift: %s", async (drift) => {
    const { place, base } = await createWithBaseline({
      ...withRule,
      "assay.yml": (text) => law("[{column: x, min: 0}]")(text).replace("    gates:\n", `    drift: ${drift}\n    gates:\n`),
    });
    const bad = rows((x, index) => (index === 5 ? "-1" : index % 3 === 0 ? "" : String(x)));
    const beside = await dataOf(place, base, { "data/train.csv": bad });
    const { place: alone, base: first } = await createWithBaseline();
    const quality = await dataOf(alone, first, { "data/train.csv": bad });
    expect(beside?.drift?.[0]?.columns.length).toBe(4);
    expect(beside?.quality?.[0]?.faults).toEqual(quality?.quality?.[0]?.faults);
    expect(beside?.tables).toEqual(quality?.tables);
  });

  it("makes evidence that can be read, whatever columns and rules are called", async () => {
    const long = "a column's name 💥 ".repeat(40).trim();
    const named = (text: string) => text.replace("id,x,kind,label", `id,x,"${long}",label`).replaceAll(/,[abc],/g, ",a,");
    const { place, base } = await createWithBaseline({
      ...withRule,
      "assay.yml": law(`[{unique: ${JSON.stringify(Array.from({ length: 20 }, (_, index) => `${index}`.repeat(90)))}}]`),
    });
    const head = await place.edit({ "data/train.csv": named });
    const { evidence } = await place.run(head, base);
    expect(parseEvidence(JSON.stringify(evidence), "evidence").data?.quality).toEqual(evidence.data?.quality);
    expect(faultsOf(evidence.data, "constant")).toMatchObject([{ columns: [long.slice(0, 200)] }]);
  });

  it("is asked for by the base branch, not by the change", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    expect(await dataOf(place, place.first, withRule)).toBeUndefined();
  });
});
