import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import {
  type CompareTablesRequest,
  compareTables,
  type DriftPreset,
  driftPresets,
  profileOfTable,
} from "../../src/flows/compare-tables.ts";
import { files } from "../git/repository.ts";

const machine = { files, progress: () => undefined };

/** Few kinds, and as many towns as no list of options has. */
function rows(seed: number): string {
  const lines = Array.from({ length: 600 }, (_, row) => `${(row * 37 + seed) % 100},kind-${row % 3},town-${(row + seed) % 40}`);
  return `x,kind,town\n${lines.join("\n")}\n`;
}

function createRequest(overrides: Partial<CompareTablesRequest> = {}): CompareTablesRequest {
  const folder = mkdtempSync(join(tmpdir(), "assay-tables-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [seed, name] of ["old.csv", "new.csv"].entries()) writeFileSync(join(folder, name), rows(seed));
  const paths = { reference: "old.csv", current: "new.csv", folder };
  return { ...paths, preset: "assay", exclude: [], types: new Map(), public: [], ...overrides };
}

const labelled = async (request: CompareTablesRequest) =>
  (await compareTables(request, machine)).result.columns
    .filter(({ histogram }) => histogram?.labels !== undefined)
    .map(({ name }) => name)
    .sort();

describe("comparing tables", () => {
  it("knows the reference as the same one whatever weekdays it is compared on", async () => {
    const days = (first: number, count: number) =>
      `at,x\n${Array.from({ length: count }, (_, day) => `2026-03-${String(first + day).padStart(2, "0")},${day}`).join("\n")}\n`;
    const request = createRequest({ same: { by: "at", cycle: "weekday" } });
    writeFileSync(join(request.folder, "old.csv"), days(2, 28));
    const compared = async (first: number) => {
      writeFileSync(join(request.folder, "new.csv"), days(first, 1));
      return compareTables(request, machine);
    };
    const [monday, tuesday] = [await compared(2), await compared(3)];
    expect(monday.result.rows).toEqual({ reference: 4, current: 1 });
    expect(tuesday.profile).toBe(monday.profile);
  });

  it.each(driftPresets)("says nothing of a table without rows by preset %s", async (preset) => {
    const request = createRequest({ preset });
    writeFileSync(join(request.folder, "new.csv"), "x,kind,town\n");
    await expect(compareTables(request, machine)).rejects.toThrow("The table has no rows: nothing can be compared.");
  });

  it("says which profile the reference has, whether it is given as rows or as that profile", async () => {
    const request = createRequest();
    const text = await profileOfTable(request, machine);
    writeFileSync(join(request.folder, "old.profile.json"), text);
    const ofRows = await compareTables(request, machine);
    expect(ofRows.profile).toBe(text);
    // Whoever watches goes by it, whatever the preset: another reference is another drift.
    expect((await compareTables({ ...request, preset: "evidently-0.7" }, machine)).profile).toBe(text);
    expect(await compareTables({ ...request, reference: "old.profile.json" }, machine)).toEqual(ofRows);
  });

  it("takes profiles of parts for that of the whole", async () => {
    const request = createRequest();
    const [header, ...lines] = rows(0).trimEnd().split("\n");
    mkdirSync(join(request.folder, "parts"));
    for (const [part, from] of [0, 250].entries()) {
      writeFileSync(
        join(request.folder, "part.csv"),
        `${[header, ...lines.slice(from, from === 0 ? 250 : undefined)].join("\n")}\n`,
      );
      const text = await profileOfTable({ ...request, reference: "part.csv" }, machine);
      writeFileSync(join(request.folder, "parts", `${part}.profile.json`), text);
    }
    const whole = await compareTables(request, machine);
    expect(await compareTables({ ...request, reference: "parts/*.profile.json" }, machine)).toEqual(whole);
    const none = compareTables({ ...request, reference: "none/*.profile.json" }, machine);
    await expect(none).rejects.toThrow(/^none\/\*\.profile\.json: there is no such file/);
  });

  it("takes a type of a column that one side lacks, and refuses one of a column that neither has", async () => {
    const types = new Map([["kind", "category" as const]]);
    for (const preset of driftPresets) {
      const request = createRequest({ types, preset });
      writeFileSync(join(request.folder, "new.csv"), "x,town\n1,a\n2,b\n");
      const { result } = await compareTables(request, machine);
      expect(result.columns.find(({ name }) => name === "kind")?.state).toBe("removed");
      const misspelt = { ...request, types: new Map([["knid", "category" as const]]) };
      await expect(compareTables(misspelt, machine)).rejects.toThrow(/declared for "knid", but there is no such column/);
      await expect(profileOfTable(misspelt, machine)).rejects.toThrow(UsageError);
    }
  });

  it("refuses to leave out or weigh a column that neither side has", async () => {
    for (const preset of driftPresets) {
      const request = createRequest({ preset });
      await expect(compareTables({ ...request, exclude: ["Town"] }, machine)).rejects.toThrow(
        /"Town" is left out, but there is no such column; there are "x", "kind", "town"/,
      );
      await expect(compareTables({ ...request, weights: { y: 3 } }, machine)).rejects.toThrow(/"y" is given a weight, but/);
      // What one side lost is still left out.
      writeFileSync(join(request.folder, "new.csv"), "x,kind\n1,a\n2,b\n");
      await expect(compareTables({ ...request, exclude: ["town"] }, machine)).resolves.toBeDefined();
    }
  });

  it("compares by every preset, with the rules of that tool", async () => {
    const request = createRequest();
    const days = (shift: number) =>
      Array.from(
        { length: 600 },
        (_, row) => `2024-01-${String((row % 28) + 1).padStart(2, "0")},${((row * 37) % 100) + shift},${row % 3 ? "a" : "b"}`,
      );
    for (const [name, shift] of [
      ["old.csv", 0],
      ["new.csv", 60],
    ] as const)
      writeFileSync(join(request.folder, name), `day,x,kind\n${days(shift).join("\n")}\n`);
    const states = async (preset: DriftPreset, more: Partial<CompareTablesRequest> = {}) => {
      const { result } = await compareTables({ ...request, preset, ...more }, machine);
      return [result.preset, Object.fromEntries(result.columns.map(({ name, state }) => [name, state]))];
    };
    const found = { x: "drifted", kind: "stable", day: "not-compared" };
    expect(await states("assay")).toEqual(["assay", { ...found, day: "not-compared" }]);
    for (const preset of ["psi-deciles", "evidently-0.7", "nannyml-0.13"] as const)
      expect(await states(preset)).toEqual([preset, found]);
    const { result } = await compareTables({ ...request, preset: "psi-deciles" }, machine);
    expect(result.columns[0]).toMatchObject({ name: "x", tests: [{ measure: "psi" }], histogram: { edges: expect.anything() } });
    expect(await states("nannyml-0.13", { chunkSize: 600 })).toMatchObject(["nannyml-0.13", { x: "not-compared" }]);
    await expect(states("assay", { chunkSize: 10 })).rejects.toThrow(/preset nannyml-0\.13/);
  });

  it("names first what matters, by every preset", async () => {
    const request = createRequest();
    const table = (x: number, y: number) =>
      `x,y\n${Array.from({ length: 600 }, (_, row) => `${((row * 37) % 100) + x},${((row * 41) % 100) + y}`).join("\n")}\n`;
    writeFileSync(join(request.folder, "old.csv"), table(0, 0));
    writeFileSync(join(request.folder, "new.csv"), table(80, 60));
    for (const preset of driftPresets) {
      const order = async (weights: Record<string, number>) =>
        (await compareTables({ ...request, preset, weights }, machine)).result.columns.map(({ name }) => name);
      expect([await order({ x: 100 }), await order({ y: 100 })], preset).toEqual([
        ["x", "y"],
        ["y", "x"],
      ]);
    }
  });

  it("names many values only where they may be shown", async () => {
    expect(await labelled(createRequest())).toEqual(["kind"]);
    expect(await labelled(createRequest({ public: ["town"] }))).toEqual(["kind", "town"]);
    expect(await labelled(createRequest({ public: "all" }))).toEqual(["kind", "town"]);
    expect(await labelled(createRequest({ preset: "evidently-0.7" }))).not.toContain("town");
  });
});
