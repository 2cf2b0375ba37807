import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Evaluation, Evidence } from "../../src/evidence/evidence.ts";
import { verifySeal } from "../../src/evidence/seal.ts";
import { failureOf } from "../../src/flows/failure.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, model, setParam, threeSeeds, type Workplace } from "./workplace.ts";

/** The first commit's model recorded as the baseline, as a push to the default branch leaves it. */
async function createWithBaseline(): Promise<Workplace> {
  const place = await createWorkplace();
  const { plan, evidence } = await place.run(place.first, null);
  await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
  return place;
}

function evaluationOf({ evaluations }: Evidence, role: Evaluation["role"] = "current"): Evaluation {
  const found = evaluations.find((evaluation) => evaluation.role === role);
  if (!found) throw new Error(`the evidence has no evaluation of role ${role}`);
  return found;
}

const accuracyOf = (scored: Evaluation["candidate"]) => scored?.metrics.find(({ metric }) => metric === "accuracy")?.value;

describe("evaluating a change", () => {
  it("records a first model alone, sealed, and says why nothing is compared", async () => {
    const place = await createWorkplace();
    const { evidence } = await place.run(place.first, null);
    expect(() => verifySeal(evidence)).not.toThrow();
    expect(failureOf(evidence)).toBeUndefined();
    const evaluation = evaluationOf(evidence);
    expect(evaluation).toMatchObject({ testSet: { path: "data/test.csv", rows: 400 }, comparisons: [] });
    expect(evaluation.baselineMissing).toMatch(/no earlier threshold/);
    // x >= 40 against labels of which a tenth was turned at 50.
    expect(accuracyOf(evaluation.candidate)).toBeGreaterThan(0.75);
  });

  it("compares with the baseline's kept predictions and does not score it again", async () => {
    const place = await createWithBaseline();
    const head = await place.edit(setParam("threshold", 50));
    const { evidence, planned, trained } = await place.run(head, place.first);
    expect(planned.baseline).toMatchObject({ decision: "reuse", run: { kind: "store" } });
    expect(trained.map(({ source }) => source.commit)).toEqual([head]);
    const { baseline, candidate, comparisons } = evaluationOf(evidence);
    expect(baseline).toMatchObject({ how: "kept", commit: place.first });
    expect(accuracyOf(candidate)).toBeGreaterThan(accuracyOf(baseline) ?? 1);
    expect(comparisons.find(({ metric }) => metric === "accuracy")).toMatchObject({ rows: 400, identical: false });
  });

  it("scores the baseline on the candidate's rows when the test data changed, with the baseline commit's own predict code", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "data/test.csv": (text) => text.split("\n").slice(0, 201).join("\n"),
      // The candidate's predict code answers 1 for every row; the baseline must not be scored with it.
      "predict.mjs": (text) => text.replace("Number(x) >= threshold ? 1 : 0", "1"),
      ...setParam("threshold", 50),
    });
    const { evidence } = await place.run(head, place.first);
    const { testSet, baseline, candidate } = evaluationOf(evidence);
    expect(testSet.rows).toBe(200);
    expect(baseline).toMatchObject({ how: "rescored" });
    expect(accuracyOf(candidate)).toBeLessThan(0.6);
    expect(accuracyOf(baseline)).toBeGreaterThan(0.75);
  });

  it("judges a changed test set on base's rows too, and says why when the candidate cannot be scored there", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "data/test.csv": (text) =>
        text
          .split("\n")
          .map((line, index) => (line === "" ? line : `${line},${index === 0 ? "income" : index}`))
          .join("\n"),
      "predict.mjs": (text) => text.replace("const lines", 'if (rows[0].length < 4) throw new Error("no income");\nconst lines'),
      ...setParam("threshold", 50),
    });
    const { evidence, planned } = await place.run(head, place.first);
    expect(planned.testSetChanged).toBe(true);
    expect(failureOf(evidence)).toBeUndefined();
    expect(evaluationOf(evidence, "current").candidate).toBeDefined();
    const old = evaluationOf(evidence, "base");
    expect(old.candidate).toBeUndefined();
    expect(old.candidateMissing).toMatch(/predict|exited/i);
    expect(old.baseline).toMatchObject({ how: "kept" });
  });

  it("does both on the old test set where it can, on each test set's own rows", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "data/test.csv": (text) => text.split("\n").slice(0, 301).join("\n"),
      ...setParam("threshold", 50),
    });
    const { evidence } = await place.run(head, place.first);
    expect(evidence.evaluations.map(({ role, testSet, comparisons }) => [role, testSet.rows, comparisons.length])).toEqual([
      ["current", 300, 2],
      ["base", 400, 2],
    ]);
  });

  it("goes on without a baseline whose model is gone, and names what is gone", async () => {
    const place = await createWithBaseline();
    const head = await place.edit(setParam("threshold", 50));
    const { plan } = await place.planOf(head, place.first);
    await place.train(plan);
    await files.remove(join(place.folder, "store"));
    const evidence = await place.evaluate(plan);
    const evaluation = evaluationOf(evidence);
    expect(evaluation.candidate).toBeDefined();
    expect(evaluation.baseline).toBeUndefined();
    expect(evaluation.baselineMissing).toMatch(/model store no longer has model\.json .*Plan again/);
    expect(evaluation.comparisons).toEqual([]);
  });

  it("records the baseline's failed training as the reason that it is missing", async () => {
    const place = await createWorkplace();
    const broken = await place.edit(setParam("trouble", "exit"));
    const head = await place.edit(setParam("trouble", "none"));
    const { evidence } = await place.run(head, broken);
    expect(evaluationOf(evidence).candidate).toBeDefined();
    expect(evaluationOf(evidence).baselineMissing).toMatch(
      /^The baseline's training did not complete: The training command exited with code 1/,
    );
  });

  it("records predictions that break the contract as the candidate's failure, naming the rows", async () => {
    const place = await createWithBaseline();
    const head = await place.edit(setParam("trouble", "other-rows"));
    const { evidence } = await place.run(head, place.first);
    expect(failureOf(evidence)).toContain("other-test-0");
    expect(evaluationOf(evidence).baseline).toBeDefined();
    expect(() => verifySeal(evidence)).not.toThrow();
  });

  it("counts the predictions that are labels which the test set does not have", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({ "predict.mjs": (text) => text.replace("threshold ? 1 : 0", 'threshold ? "YES" : 0') });
    const { evidence } = await place.run(head, place.first);
    const { candidate, baseline } = evaluationOf(evidence);
    expect(candidate?.otherLabels).toMatchObject({ different: 1, labels: ["YES"] });
    expect(candidate?.otherLabels?.predictions).toBeGreaterThan(50);
    expect(baseline?.otherLabels).toBeUndefined();
  });

  it("records a test set that lacks the target as the evaluation's failure, once", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({ "data/test.csv": (text) => text.replace("id,x,label", "id,x,other") });
    const { evidence } = await place.run(head, place.first);
    expect(evidence.evaluations).toEqual([]);
    expect(evidence.evaluationFailure).toMatchObject({ exitCode: 2, message: expect.stringContaining("label") });
  });

  it("does not score on test rows that git has and the training wrote over", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "train.mjs": (text) =>
        `${text}writeFileSync("data/test.csv", readFileSync("data/test.csv", "utf8").replaceAll(/,[01]$/gm, ",1"));\n`,
    });
    const { evidence, planned } = await place.run(head, place.first);
    expect(planned.testSetChanged).toBe(false);
    expect(evidence.evaluations).toEqual([]);
    expect(evidence.evaluationFailure).toEqual({
      exitCode: 3,
      message: expect.stringMatching(
        `^threshold: data/test\\.csv is not what commit ${head.slice(0, 7)} has: a command wrote over it after the checkout`,
      ),
    });
  });

  it("does not score on base's test rows that a filter of the training's changed at the checkout", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "data/test.csv": (text) => text.split("\n").slice(0, 301).join("\n"),
      "train.mjs": (text) =>
        [
          'import { execFileSync } from "node:child_process";',
          text,
          'execFileSync("git", ["config", "filter.ones.smudge", "sed s/,0$/,1/"]);',
          'writeFileSync(".git/info/attributes", "data/test.csv filter=ones\\n");',
        ].join("\n"),
    });
    const { evidence } = await place.run(head, place.first);
    expect(evidence.evaluations.map(({ role }) => role)).toEqual(["current"]);
    expect(evidence.baseTestSetMissing).toContain(`data/test.csv is not what commit ${place.first.slice(0, 7)} has`);
  });

  it("scores on test rows whose line ends the checkout converted", async () => {
    const place = await createWorkplace();
    const head = await place.edit({ ".gitattributes": "*.csv text eol=crlf\n" });
    place.repository.remove("data/test.csv");
    place.repository.git("checkout", "data/test.csv");
    const { evidence } = await place.run(head, null);
    expect(await files.readText(join(place.repository.folder, "data/test.csv"))).toContain("\r\n");
    expect(failureOf(evidence)).toBeUndefined();
    expect(evaluationOf(evidence).testSet.rows).toBe(400);
  });

  it("compares an unchanged model with itself as exactly no change", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({ "data/test.csv": (text) => text.replace(/^(test-0,\d+),1$/m, "$1,0") });
    const { evidence, planned } = await place.run(head, place.first);
    expect(planned.candidate.decision).not.toBe("train");
    expect(evaluationOf(evidence).comparisons).toMatchObject([
      { metric: "accuracy", change: 0, identical: true },
      { metric: "roc_auc", change: 0, identical: true },
    ]);
  });

  it("says which of a side's numbers every training reported itself", async () => {
    const place = await createWithBaseline();
    await place.edit(threeSeeds);
    const head = await place.edit({
      "assay.yml": (text) => text.replace("{model: model.json}", "{model: model.json, metrics: metrics.json}"),
      "train.mjs": (text) => text.replace("latency_ms: 10 + seed", "latency_ms: 10 + seed, ['only_' + seed]: 1"),
    });
    const { evidence } = await place.run(head, place.first);
    const { candidate, baseline, comparisons } = evaluationOf(evidence);
    expect(candidate?.reported).toEqual({ latency_ms: [14, 15, 16] });
    expect(candidate?.predictions).toHaveLength(3);
    // The recorded baseline has one training, and it reported nothing.
    expect(baseline).not.toHaveProperty("reported.latency_ms");
    expect(baseline?.predictions).toHaveLength(1);
    expect(comparisons.some(({ seedVariance }) => seedVariance)).toBe(false);
  });

  it("leaves no temporary work tree behind", async () => {
    const place = await createWithBaseline();
    const head = await place.edit({
      "data/test.csv": (text) => text.split("\n").slice(0, 301).join("\n"),
      ...setParam("threshold", 50),
    });
    await place.run(head, place.first);
    expect(place.repository.git("worktree", "list").split("\n")).toHaveLength(1);
    expect(place.repository.git("status", "--porcelain")).toBe("");
  });
});
