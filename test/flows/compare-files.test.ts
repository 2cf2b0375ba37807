import { describe, expect, it } from "vitest";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { type CompareFilesRequest, compareFiles, evaluateFile } from "../../src/flows/compare-files.ts";
import { samples } from "./sample-files.ts";

const files = createNodeFiles();
const plain = { lowerIsBetter: [], slices: ["category"], minRows: 50 };

function compare(given: readonly string[], more: Partial<CompareFilesRequest> = {}) {
  return compareFiles({ ...plain, given, limit: undefined, primary: undefined, ...more }, files);
}

describe("compareFiles", () => {
  it("gives each candidate with what was measured and what may be said of it", async () => {
    const [baseline = "", candidate = ""] = samples();
    const compared = await compare([baseline, candidate, baseline]);
    expect(compared.baseline.name).toBe(baseline);
    expect(compared.candidates.map(({ side }) => side.name)).toEqual([candidate, baseline]);
    const [worse, same] = compared.candidates;
    expect(worse?.judgement.headline).toMatchObject({ basis: "holm", worse: ["exact_match"] });
    expect(worse?.judgement.worseSlices?.map(({ slice }) => slice.value)).toEqual(["physics"]);
    expect(same?.evaluated.comparisons).toMatchObject([{ identical: true, change: 0 }]);
    expect(compared.exitCode).toBe(1);
  });

  it("judges by a limit as gates do, and says nothing else by its exit code then", async () => {
    const given = samples();
    const wide = await compare(given, { limit: { margin: 0.5, relative: false }, slices: [] });
    expect(wide.exitCode).toBe(0);
    expect(wide.candidates[0]?.judgement.verdict).toMatchObject({
      outcome: "pass",
      gates: [{ name: "exact_match.no-worse-than", outcome: "pass" }],
    });
    expect((await compare(given, { limit: { margin: 0.001, relative: true } })).exitCode).toBe(1);
  });

  it("claims the same with a limit as without one", async () => {
    const given = samples();
    const [bare, limited] = [await compare(given), await compare(given, { limit: { margin: 0.1, relative: false } })];
    const claims = ({ candidates }: typeof bare) => {
      const { headline, worseSlices, betterSlices } = candidates[0]?.judgement ?? {};
      return { headline, worseSlices, betterSlices };
    };
    expect(claims(limited)).toEqual(claims(bare));
    expect(limited.candidates[0]?.judgement.verdict).toMatchObject(claims(bare));
  });

  it("evaluates one file alone", async () => {
    const [path = ""] = samples();
    const { side, evaluated } = await evaluateFile(path, plain, files);
    expect(side.name).toBe(path);
    expect(evaluated.comparisons).toEqual([]);
    expect(evaluated.candidate?.metrics).toMatchObject([{ metric: "exact_match" }]);
  });
});
