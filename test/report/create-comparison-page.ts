import type { EvaluatedModels } from "../../src/evaluation/evaluate-models.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import type { Evaluation } from "../../src/evidence/evidence.ts";
import type { ComparisonPage } from "../../src/report/page/comparison-page.ts";
import type { ModelReport, Report } from "../../src/report/report.ts";
import { hostileText } from "./hostile.ts";
import { createScoredReport, createSeedsReport, createSlicesReport } from "./statistical-states.ts";

function toModels({ candidate, baseline, ...rest }: Evaluation): EvaluatedModels {
  const side = (model: Evaluation["candidate"]) => model && { metrics: model.metrics, pictures: model.pictures ?? {} };
  return { ...rest, candidate: side(candidate), baseline: side(baseline) };
}

function judged({ models }: Report): Extract<ModelReport["state"], { kind: "judged" }> {
  const [model] = models;
  if (model?.state.kind !== "judged") throw new Error("The state is not a judged one.");
  return model.state;
}

function pageOf(report: Report, overrides: Partial<ComparisonPage>): ComparisonPage {
  const { evidence, verdict } = judged(report);
  const [evaluation] = evidence.evaluations;
  if (evaluation === undefined) throw new Error("The state has no evaluation.");
  return {
    title: "lgbm-tuned.csv is worse than lgbm.csv",
    task: evidence.task,
    testSet: evaluation.testSet,
    sides: [
      { name: "lgbm.csv", digests: evaluation.baseline?.predictions },
      { name: "lgbm-tuned.csv", digests: evaluation.candidate?.predictions },
    ],
    evaluated: [toModels(evaluation)],
    verdict: [verdict],
    claims: [verdict],
    notes: ["12 rows of lgbm.csv are not in the test set."],
    ...overrides,
  };
}

/** Two files with slices and limits; three files; one alone; and names that somebody else chose. */
export const comparisonPages: Readonly<Record<string, () => ComparisonPage>> = {
  "two files": () => pageOf(createSlicesReport(), {}),
  "several trainings": () => pageOf(createSeedsReport(), { title: "No change shown between 3 and 3 files" }),
  scores: () => {
    const page = pageOf(createScoredReport(), { title: "samples_b.jsonl is worse than samples_a.jsonl" });
    return { ...page, sides: [{ name: "samples_a.jsonl" }, { name: "samples_b.jsonl" }] };
  },
  "three files": () => {
    const page = pageOf(createSlicesReport(), { title: "Two candidates against lgbm.csv", verdict: undefined });
    return {
      ...page,
      sides: [...page.sides, { name: "xgb.csv", digests: [digestOf("xgb")] }],
      evaluated: [...page.evaluated, ...page.evaluated],
      claims: [...(page.claims ?? []), {}],
    };
  },
  "one file": () => {
    const page = pageOf(createSlicesReport(), { title: "Evaluation of lgbm.csv", verdict: undefined, claims: undefined });
    const [models] = page.evaluated;
    const metrics = (models?.candidate?.metrics ?? []).map((metric) =>
      metric.value === null ? metric : { ...metric, interval: { low: metric.value - 0.012, high: metric.value + 0.011 } },
    );
    const slices = models?.slices?.map((slice) => ({ ...slice, comparisons: [], flipped: undefined }));
    const candidate = models?.candidate && { ...models.candidate, metrics };
    return {
      ...page,
      sides: page.sides.slice(0, 1),
      evaluated: models ? [{ ...models, candidate, baseline: undefined, comparisons: [], flipped: undefined, slices }] : [],
    };
  },
  "hostile names": () => {
    const page = pageOf(createSlicesReport(), { title: hostileText, notes: [hostileText] });
    return {
      ...page,
      testSet: { ...page.testSet, path: hostileText, digest: hostileText },
      sides: [{ name: hostileText, digests: [hostileText] }, { name: `${hostileText} 2` }],
      evaluated: page.evaluated.map((models) => ({
        ...models,
        comparisons: models.comparisons.map((comparison) => ({ ...comparison, metric: hostileText })),
        slices: models.slices?.map((slice) => ({ ...slice, column: hostileText, value: hostileText })),
        slicesMissing: [hostileText],
        flipped: { worse: 3, better: 1, worseIds: [hostileText], betterIds: [hostileText] },
        group: { column: hostileText, groups: 3 },
        weight: hostileText,
      })),
    };
  },
};
