import { describe, expect, it } from "vitest";
import { createClone } from "./clone.ts";

/** Answers of a model that thinks longer the lower its threshold is: graded twice a question, and timed. */
const answer = `import { readFileSync, writeFileSync } from "node:fs";
const [model, data, out] = process.argv.slice(2);
const { threshold } = JSON.parse(readFileSync(model, "utf8"));
const [, ...rows] = readFileSync(data, "utf8").trim().split("\\n").map((line) => line.split(","));
const lines = rows.flatMap(([id, x]) => [0, 1].map((again) => \`\${id},\${(Number(x) * 7 + again) % 100 < threshold},\${x}\`));
writeFileSync(out, ["id,correct,seconds", ...lines].join("\\n"));
`;

describe("a task whose rows are scored by a command", () => {
  it("is compared by the means of its scores, repeats of a row together", () => {
    const { git, assay, edit, commit, evaluate } = createClone();
    edit("predict.mjs", () => answer);
    edit("assay.yml", (text) =>
      text
        .replace("task: binary", "task: scored")
        .replace(/ {6}target: label\n {6}positive: "1"\n/, "")
        .replace("--model {model} --data {data} --out {out}", "{model} {data} {out}")
        .replace("metrics: [accuracy, roc_auc]", "metrics: [correct]")
        .replace("metric: accuracy", "metric: correct"),
    );
    commit();
    git("checkout", "-qb", "longer");
    edit("params.yaml", (text) => text.replace("threshold: 40", "threshold: 60"));
    // A score that the base does not ask for is shown of the candidate.
    edit("assay.yml", (text) =>
      text.replace("metrics: [correct]", "metrics: [correct, seconds]\n      lower-is-better: [seconds]"),
    );

    const [evaluation] = evaluate().evaluations;
    expect(evaluation?.candidate?.metrics[0]?.value).toBeCloseTo(0.6, 1);
    expect(evaluation?.baseline?.metrics[0]?.value).toBeCloseTo(0.4, 1);
    expect(evaluation?.comparisons[0]).toMatchObject({ metric: "correct", rows: 400, interval: { low: expect.any(Number) } });
    const verdict = assay("gate");
    expect(verdict.status, verdict.stdout + verdict.stderr).toBe(0);
    expect(verdict.stdout).toMatch(/correct\.no-worse-than.*pass/);
  });
});

describe("a task with several labels a row", () => {
  it("is evaluated label by label", () => {
    const { git, edit, commit, evaluate } = createClone();
    const labels = (x: number) => [x >= 50 ? "high" : "", x % 2 === 0 ? "even" : ""].filter((label) => label !== "").join("|");
    edit("data/test.csv", (text) =>
      text
        .trim()
        .split("\n")
        .map((line, row) => (row === 0 ? line : line.replace(/,(\d+),\d$/, (_, x) => `,${x},${labels(Number(x))}`)))
        .join("\n"),
    );
    edit("predict.mjs", (text) =>
      text
        .replace(
          "Number(x) >= threshold ? 1 : 0",
          '[Number(x) >= threshold ? "high" : "", Number(x) % 2 === 0 ? "even" : ""].filter(Boolean).join("|")',
        )
        .replace(/,\$\{score\}`/, "`")
        .replace("id,prediction,score", "id,prediction"),
    );
    edit("assay.yml", (text) =>
      text
        .replace("task: binary", "task: multilabel")
        .replace(/ {6}positive: "1"\n/, "")
        .replace("metrics: [accuracy, roc_auc]", "metrics: [accuracy, f1_macro, hamming_loss]"),
    );
    commit();
    git("checkout", "-qb", "better");
    edit("params.yaml", (text) => text.replace("threshold: 40", "threshold: 50"));
    const [evaluation] = evaluate().evaluations;
    expect(evaluation?.candidate?.metrics.map(({ metric, value }) => [metric, value])).toEqual([
      ["accuracy", 1],
      ["f1_macro", 1],
      ["hamming_loss", 0],
    ]);
    expect(evaluation?.baseline?.metrics[0]?.value).toBeLessThan(1);
  });
});
