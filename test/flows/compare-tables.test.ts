import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { type CompareTablesRequest, compareTables, driftPresets, profileOfTable } from "../../src/flows/compare-tables.ts";
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

  it("names many values only where they may be shown", async () => {
    expect(await labelled(createRequest())).toEqual(["kind"]);
    expect(await labelled(createRequest({ public: ["town"] }))).toEqual(["kind", "town"]);
    expect(await labelled(createRequest({ public: "all" }))).toEqual(["kind", "town"]);
    expect(await labelled(createRequest({ preset: "evidently-0.7" }))).not.toContain("town");
  });
});
