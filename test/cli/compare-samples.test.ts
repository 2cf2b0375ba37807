import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { harnessSamples, makeDocuments, plantedDrop, repeatedScores } from "../fixtures/samples/make-samples.ts";
import { assay, temporaryFolder } from "./assay.ts";
import { runHere } from "./run-here.ts";

const documents = makeDocuments(plantedDrop);
const sides = ["baseline", "candidate"] as const;

function writeSides(make: (side: (typeof sides)[number]) => string, name: (side: string) => string) {
  const folder = temporaryFolder();
  const paths = sides.map((side) => join(folder, name(side)));
  for (const [index, side] of sides.entries()) writeFileSync(paths[index] ?? "", make(side));
  return { folder, paths };
}

const harness = (filters?: string[]) =>
  writeSides(
    (side) => harnessSamples(documents, side, filters),
    (side) => `samples_${side}.jsonl`,
  );
const repeated = () =>
  writeSides(
    (side) => repeatedScores(documents, side),
    (side) => `${side}.jsonl`,
  );

const last = (lines: string) => lines.split("\n").filter((line) => line.startsWith("| category="));

describe("two sample files of lm-evaluation-harness with a drop in one category", () => {
  it("are compared by one command: table, flips, the category named, page, exit code 1", () => {
    const { folder } = harness();
    const { status, stdout, stderr } = assay(
      folder,
      ...["compare", "samples_baseline.jsonl", "samples_candidate.jsonl", "--category", "category", "--page", "report.html"],
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: "Wrote report.html\n" });
    expect(stdout).toMatch(/^600 rows of samples_baseline\.jsonl/);
    expect(stdout).toMatch(/\| exact_match \|\s+0\.7\d+ \|\s+0\.6\d+ \|\s+−0\.\d+ \|\s+−0\.\d+ to −0\.\d+ \|\s+±0\.\d+ \| Tango/);
    expect(stdout).toMatch(
      /\nsamples_candidate\.jsonl is worse than samples_baseline\.jsonl in exact_match: 0\.7\d+ became 0\.6\d+/,
    );
    expect(stdout).toMatch(
      /\n\d+ rows got worse, \d+ better \(by exact_match\)\.\nWhere most got worse: category=physics, \d+ worse and \d+ better of \d+ rows\.\nWorse: \d+, .* and \d+ more\.\nBetter: \d+, .* and \d+ more\./,
    );
    expect(last(stdout).map((line) => line.split("|").at(-2)?.trim())).toEqual(["worse", "", "", "", ""]);
    expect(stdout).toMatch(/\ncategory=physics is worse: exact_match 0\.\d+ became 0\.\d+/);
    expect(stdout).not.toMatch(/category=(?!physics)\w+ is worse|confidence/i);
    expect(stdout).toMatch(/These are two trained models; what another seed would change is not included\./);
    expect(stdout).toMatch(
      /samples_baseline\.jsonl, samples_candidate\.jsonl: left out "bleu_parts": not one number a document\./,
    );
    const page = readFileSync(join(folder, "report.html"), "utf8");
    for (const text of ["samples_candidate.jsonl", "exact_match", "physics"]) expect(page).toContain(text);
    expect(page).not.toMatch(/<script|confidence/i);
  });

  it("say the same as JSON", async () => {
    const { folder, paths } = harness();
    const { status, stdout } = await runHere(folder, "compare", ...paths, "--slices", "doc.category", "--json");
    const { metrics, comparisons, candidates, flipped } = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(metrics).toMatchObject([{ name: "exact_match", value: expect.any(Number), interval: { low: expect.any(Number) } }]);
    expect(comparisons).toMatchObject([{ metric: "exact_match", rows: 600, method: "Tango" }]);
    expect(candidates).toMatchObject([
      {
        path: "samples_candidate.jsonl",
        headline: { worse: ["exact_match"] },
        worseSlices: [{ column: "doc.category", value: "physics" }],
      },
    ]);
    expect(flipped.worse).toBe(documents.filter(({ baseline, candidate }) => baseline && !candidate).length);
    expect(flipped.better).toBe(documents.filter(({ baseline, candidate }) => !baseline && candidate).length);
  });

  it("are judged by a limit, on every category too", async () => {
    const { folder, paths } = harness();
    const judge = async (limit: string, ...more: string[]) => {
      const { status, stdout } = await runHere(folder, "compare", ...paths, "--no-worse-than", limit, "--json", ...more);
      return [status, JSON.parse(stdout).candidates[0].verdict.outcome];
    };
    expect(await judge("0.1")).toEqual([0, "pass"]);
    expect(await judge("0.1", "--slices", "category")).toEqual([1, "fail"]);
    expect(await judge("1%")).toEqual([1, "fail"]);
    expect(await judge("0.05")).toEqual([3, "inconclusive"]);
  });

  it("of several filters have a score a filter, named as the harness names them", async () => {
    const { folder, paths } = harness(["strict-match", "flexible-extract"]);
    const run = (...more: string[]) => runHere(folder, "compare", ...paths, "--json", ...more);
    const names = async (...more: string[]) =>
      JSON.parse((await run(...more)).stdout).metrics.map(({ name }: { name: string }) => name);
    expect(await names()).toEqual(["exact_match,strict-match", "exact_match,flexible-extract"]);
    expect(await names("--metrics", "exact_match,flexible-extract")).toEqual(["exact_match,flexible-extract"]);
  });

  it("of other documents are refused", async () => {
    const { folder, paths } = harness();
    const [baseline = "", candidate = ""] = paths;
    writeFileSync(candidate, readFileSync(candidate, "utf8").replace(/"doc_hash":"..../, '"doc_hash":"0000'));
    const { status, stderr } = await runHere(folder, "compare", baseline, candidate);
    expect(stderr).toMatch(/samples of other documents: doc_hash differs for doc_id "0"/);
    expect(status).toBe(2);
  });
});

describe("two JSON Lines files with repeats and a drop in one category", () => {
  it("are compared by one command: table, flips, the category named, page, exit code 1", () => {
    const { folder } = repeated();
    const { status, stdout } = assay(
      folder,
      ...["compare", "baseline.jsonl", "candidate.jsonl", "--slices", "category", "--page", "report.html"],
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/^600 rows of baseline\.jsonl/);
    expect(stdout).toMatch(/\| passed \|.*\n\| judge {2}\|/);
    expect(stdout).toMatch(/\ncandidate\.jsonl is worse than baseline\.jsonl in passed/);
    expect(stdout).toMatch(/\n\d+ rows got worse, \d+ better \(by passed\)\.[\s\S]*\nWorse: q\d+, /);
    expect(stdout).toMatch(/\ncategory=physics is worse: passed/);
    expect(stdout).not.toMatch(/category=(?!physics)\w+ is worse/);
    expect(stdout).toMatch(/baseline\.jsonl, candidate\.jsonl: rows were scored 3 times; each counts once/);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("physics");
  });

  it("may have one score in charge, and one of which less is better", async () => {
    const { folder, paths } = repeated();
    const { status, stdout } = await runHere(
      folder,
      "compare",
      ...paths,
      "--primary",
      "judge",
      "--lower-is-better",
      "judge",
      "--json",
    );
    const { candidates } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(candidates[0].headline).toEqual({ basis: "primary", metric: "judge", better: ["judge"], worse: [] });
  });

  it("are not told apart by a column that differs between the scorings of a row", async () => {
    const { folder, paths } = repeated();
    const [baseline = "", candidate = ""] = paths;
    writeFileSync(baseline, readFileSync(baseline, "utf8").replace('"physics"', '"law"'));
    const { status, stderr } = await runHere(folder, "compare", baseline, candidate, "--slices", "category");
    expect(stderr).toMatch(
      /^baseline\.jsonl: "category" says nothing of a row, since it differs .*: "q480" has "law", "physics"/,
    );
    expect(status).toBe(2);
  });
});

it("a column that no file has is named, and those that there are", async () => {
  const { folder, paths } = harness();
  const { status, stderr } = await runHere(folder, "compare", ...paths, "--slices", "subject");
  expect(stderr).toMatch(
    /^--slices: no column "subject" in samples_baseline\.jsonl, samples_candidate\.jsonl; there is "id", "exact_match", /,
  );
  expect(status).toBe(2);
});
