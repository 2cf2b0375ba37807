import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./assay.ts";
import { runHere } from "./run-here.ts";

const count = 240;
const rows = Array.from({ length: count }, (_, index) => ({ index, id: `t-${index}`, label: index % 3 === 0 ? 1 : 0 }));
/** Wrong in every `every`th row, from row `from` on. */
const scoreOf = ({ index, label }: (typeof rows)[number], every: number, from = 0) => {
  const isWrong = index >= from && index % every === 0;
  return ((isWrong ? 1 - label : label) * 0.6 + 0.2 + (index % 7) / 50).toFixed(4);
};
const binary = (every: number, from = 0) =>
  `id,prediction,score\n${rows.map((row) => `${row.id},${Number(Number(scoreOf(row, every, from)) > 0.5)},${scoreOf(row, every, from)}`).join("\n")}\n`;

const files: Readonly<Record<string, string>> = {
  "test.csv": `id,target,country,customer,weight\n${rows.map(({ index, id, label }) => `${id},${label},${["DE", "BR", "BR", "US"][index % 4]},c${index % 60},${1 + (index % 3)}`).join("\n")}\n`,
  "a.csv": binary(10),
  "b.csv": binary(40),
  "c.csv": binary(4),
  "tags.csv": `id,target\n${rows.map(({ index, id }) => `${id},${["red", "red|round", "", "round"][index % 4]}`).join("\n")}\n`,
  "tags-predicted.csv": `id,prediction,proba_red,proba_round\n${rows.map(({ index, id }) => `${id},${["red", "round|red", "round", "round"][index % 4]},0.${(index * 7) % 10},0.${index % 10}`).join("\n")}\n`,
  "prices.csv": `id,target\n${rows.map(({ index, id }) => `${id},${index}`).join("\n")}\n`,
  "prices.jsonl": rows.map(({ index, id }) => `${JSON.stringify({ id, prediction: index + (index % 5) - 2 })}\n`).join(""),
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const squaresAroundMean = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);

function workplace() {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const isFile = (text: string) => text in files || text.endsWith(".html");
  const absolute = (text: string) =>
    text
      .split(",")
      .map((part) => (isFile(part) ? join(folder, part) : part))
      .join(",");
  const assay = (command: string) => runHere(folder, ...command.split(" ").map(absolute));
  return { folder, assay };
}

const onTest = "--task binary --data test.csv --id id --target target --positive 1";

describe("assay evaluate --predictions", () => {
  it("shows each metric with its value and interval in words", async () => {
    const { assay } = workplace();
    const { status, stdout } = await assay(`evaluate --predictions b.csv ${onTest}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^b\.csv on 240 rows of test\.csv/);
    expect(stdout).toMatch(/\| accuracy +\| +0\.975 \| between 0\.9\d+ and 0\.9\d+ +\|/);
    expect(stdout).toMatch(/In 19 of 20 evaluations like this one the true value lies within its interval\./);
  });

  it("prints metrics with name, value and interval as JSON", async () => {
    const { assay } = workplace();
    const { stdout } = await assay(
      `evaluate --predictions b.csv ${onTest} --metrics accuracy,recall_at_fpr=0.1,precision --json`,
    );
    const { schema, task, testSet, metrics } = JSON.parse(stdout);
    expect({ schema, task, testSet }).toMatchObject({
      schema: "assay.metrics/v1",
      task: "binary",
      testSet: { path: "test.csv", rows: 240 },
    });
    expect(metrics.map(({ name }: { name: string }) => name)).toEqual(["accuracy", "recall_at_fpr=0.1", "precision"]);
    expect(metrics[0].value).toBe(0.975);
    expect(metrics[0].interval).toEqual({ low: expect.any(Number), high: expect.any(Number) });
    expect(metrics[0].interval.low).toBeLessThan(0.975);
  });

  it("says why there is no interval, and gives null", async () => {
    const { folder, assay } = workplace();
    writeFileSync(join(folder, "test.csv"), files["test.csv"]?.split("\n").slice(0, 13).join("\n") ?? "");
    writeFileSync(join(folder, "b.csv"), files["b.csv"]?.split("\n").slice(0, 13).join("\n") ?? "");
    const command = `evaluate --predictions b.csv ${onTest} --metrics roc_auc`;
    expect((await assay(command)).stdout).toMatch(/\| roc_auc \| .* \| needs 30 rows of each class, has 4 of "1" \|/);
    expect(JSON.parse((await assay(`${command} --json`)).stdout).metrics).toMatchObject([{ interval: null, reason: /needs 30/ }]);
  });

  it("looks at slices, groups and weights", async () => {
    const { assay } = workplace();
    const { stdout } = await assay(
      `evaluate --predictions b.csv ${onTest} --slices country --group customer --weight weight --json`,
    );
    const { slices, group, weight, metrics } = JSON.parse(stdout);
    expect(slices.map(({ value, rows: size }: { value: string; rows: number }) => [value, size])).toEqual([
      ["BR", 120],
      ["DE", 60],
      ["US", 60],
    ]);
    expect({ group, weight }).toEqual({ group: { column: "customer", groups: 60 }, weight: "weight" });
    expect(metrics[0]).toMatchObject({ name: "accuracy", method: /groups/ });
    expect((await assay(`evaluate --predictions b.csv ${onTest} --slices country --min-rows 100`)).stdout).toMatch(
      /country=US \|\s+60 \|\s+too few rows/,
    );
  });

  it("takes many labels a row, numbers, and JSON Lines", async () => {
    const { assay } = workplace();
    const tags = await assay(
      "evaluate --predictions tags-predicted.csv --data tags.csv --id id --target target --task multilabel --json",
    );
    expect(JSON.parse(tags.stdout).metrics).toMatchObject([
      { name: "accuracy", value: 0.75 },
      {},
      {},
      { name: "hamming_loss", value: 0.125 },
    ]);
    const prices = await assay(
      "evaluate --predictions prices.jsonl --data prices.csv --id id --target target --task regression --json",
    );
    expect(JSON.parse(prices.stdout).metrics[1]).toMatchObject({ name: "mean_absolute_error", value: 1.2 });
  });

  it("writes a page", async () => {
    const { folder, assay } = workplace();
    const { status, stderr } = await assay(`evaluate --predictions b.csv ${onTest} --page page.html`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "Wrote page.html\n" });
    expect(readFileSync(join(folder, "page.html"), "utf8")).toMatch(/<!doctype html>[\s\S]*b\.csv/i);
  });

  it.each([
    ["evaluate --predictions a.csv", /^--task is missing/],
    ["evaluate --predictions a.csv --task binary", /^--data is missing/],
    ["evaluate --predictions a.csv --task binary --data test.csv", /^--target is missing/],
    ["evaluate --task binary --data test.csv", /^--task is about a file of predictions: add --predictions <file>/],
    ["evaluate fraud --predictions a.csv", /To compare files: assay compare a\.csv fraud/],
    [
      `evaluate --predictions a.csv ${onTest} --metrics recall_at_fpr`,
      /recall_at_fpr needs its highest false positive rate, a number from 0\.000001 to 0\.999999/,
    ],
    [`evaluate --predictions a.csv ${onTest} --lower-is-better accuracy`, /^--lower-is-better is for scored tasks/],
    [
      `evaluate --predictions a.csv ${onTest} --slices planet`,
      /^--slices: no column "planet" in test\.csv, a\.csv; there is "id", "target"/,
    ],
    [`evaluate --predictions a.csv ${onTest} --weight country`, /test\.csv: the weight "country" is not numeric/],
  ])("says what is missing or wrong: %s", async (command, says) => {
    const { status, stdout, stderr } = await workplace().assay(command);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

describe("assay compare on predictions", () => {
  it("compares several candidates with the first file, and exits by the worst", async () => {
    const { assay } = workplace();
    const { status, stdout } = await assay(`compare a.csv b.csv c.csv ${onTest} --metrics accuracy`);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /## b\.csv against a\.csv[\s\S]*b\.csv is better than a\.csv in accuracy[\s\S]*## c\.csv against a\.csv[\s\S]*c\.csv is worse/,
    );
    const better = await assay(`compare a.csv b.csv ${onTest} --json`);
    expect(better.status).toBe(0);
    expect(JSON.parse(better.stdout)).toMatchObject({
      exitCode: 0,
      candidates: [{ path: "b.csv" }],
      baseline: { path: "a.csv" },
    });
  });

  it("takes the trainings of several seeds as one side", async () => {
    const { folder, assay } = workplace();
    const side = (name: string, every: number) =>
      [0, 1, 2]
        .map((seed) => {
          writeFileSync(join(folder, `${name}${seed}.csv`), binary(every, seed * 3));
          return join(folder, `${name}${seed}.csv`);
        })
        .join(",");
    const { status, stdout } = await assay(`compare ${side("old", 5)} ${side("new", 30)} ${onTest} --metrics accuracy --json`);
    const { comparisons, metrics } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(metrics[0].seeds).toHaveLength(3);
    expect(comparisons[0]).toMatchObject({ seedVariance: true, method: /over seeds/ });
  });

  it("says that trainings are the same, and includes no seeds", async () => {
    const { assay } = workplace();
    const { stdout } = await assay(`compare a.csv,a.csv,a.csv b.csv,b.csv,b.csv ${onTest} --metrics accuracy`);
    expect(stdout).toContain("Each side is the mean of 3 trainings; what another seed would change is not included.");
    expect(stdout).toMatch(
      /All trainings of each side predict the same, so the seed changed nothing: check that the files are of/,
    );
  });

  it("names the metric that was to decide where no difference is shown", async () => {
    const { folder, assay } = workplace();
    writeFileSync(join(folder, "b.csv"), binary(10, 5));
    const { stdout } = await assay(`compare a.csv b.csv ${onTest} --metrics accuracy,roc_auc --primary roc_auc`);
    expect(stdout).toMatch(/No difference in roc_auc is shown between b\.csv and a\.csv: .* by the choice of rows alone\./);
    expect(stdout).not.toMatch(/go unseen.*accuracy|in accuracy.*go unseen/);
  });

  it("says that files are the same", async () => {
    const { assay } = workplace();
    const { status, stdout } = await assay(`compare a.csv a.csv ${onTest}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/a\.csv says the same as a\.csv in every row\./);
    expect((await assay(`compare a.csv a.csv ${onTest} --no-worse-than 0`)).status).toBe(0);
  });

  it.each([
    ["compare", /missing required argument 'baseline'/],
    [`compare a.csv ${onTest}`, /missing required argument 'candidate'/],
    [`compare a.csv b.csv ${onTest} --no-worse-than -1`, /^--no-worse-than: "-1" is no limit\. Write a number of 0 or more/],
    [
      `compare a.csv b.csv ${onTest} --no-worse-than 5`,
      /^--no-worse-than: accuracy lies between 0 and 1, .*can never fail\. Write 0\.05, or 5% for/,
    ],
    [`compare a.csv b.csv ${onTest} --no-worse-than 1pp`, /^--no-worse-than: "1pp" is no limit/],
    [`compare a.csv b.csv ${onTest} --primary auc`, /^--primary: "auc" is none of the metrics accuracy/],
    [`compare a.csv b.csv ${onTest} --metric accuracy`, /^--metric belongs to --rows-needed\. For a comparison write --metrics/],
    [`compare a.csv b.csv ${onTest} --seed-sd 0.1`, /^--seed-sd belongs to --rows-needed/],
  ])("says what is missing or wrong: %s", async (command, says) => {
    const { folder, assay } = workplace();
    const { status, stdout, stderr } = await assay(`${command} --page page.html`);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(existsSync(join(folder, "page.html"))).toBe(false);
  });
});

describe("assay compare --rows-needed", () => {
  it("says how many test rows decide a limit, by power", async () => {
    const { assay } = workplace();
    const { status, stdout } = await assay("compare --rows-needed --metric accuracy --no-worse-than 0.01 --disagreement 0.1");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^To pass accuracy no worse than 0\.01 when nothing truly changed, where the models differ in being right on 10% of the rows:/,
    );
    // (1.959964 + 1.281552)² · 0.1 / 0.01² = 10,507.4, and with t instead of z a little more.
    expect(stdout).toMatch(
      /\| 80% of cases \|\s+7,85\d \|\n\|\s+90% of cases \|\s+10,51\d \|\n\|\s+95% of cases \|\s+12,99\d \|/,
    );
  });

  it("takes a pilot's files, a share of the baseline's value, and the spread of seeds", async () => {
    const { assay } = workplace();
    const { status, stdout } = await assay(
      `compare a.csv b.csv ${onTest} --rows-needed --metric accuracy --no-worse-than 5% --seed-sd 0.004 --power 0.99 --json`,
    );
    expect(status).toBe(0);
    const { schema, noWorseThan, needed, seedRows } = JSON.parse(stdout);
    expect({ schema, seedRows }).toEqual({ schema: "assay.rows-needed/v1", seedRows: 240 });
    expect(noWorseThan).toBeCloseTo(0.05 * 0.9, 12);
    expect(needed.map(({ power }: { power: number }) => power)).toEqual([0.8, 0.9, 0.95, 0.99]);
    expect(needed[3].rows).toBeGreaterThan(needed[0].rows);
    expect(needed[0]).toHaveProperty("seeds");
  });

  it.each([
    ["--no-worse-than 0.01", /^--metric is missing/],
    ["--metric accuracy", /^--no-worse-than is missing/],
    ["--metric accuracy --no-worse-than 0.01", /^--disagreement is missing/],
    ["--metric roc_auc --no-worse-than 0.01 --disagreement 0.1", /^--metric: roc_auc is not a mean of right and wrong rows/],
    ["--metric accuracy --no-worse-than 2% --disagreement 0.1", /needs that value\. Give a pilot's files/],
    ["--metric accuracy --no-worse-than 5 --disagreement 0.1", /^--no-worse-than: accuracy lies between 0 and 1, /],
    ["--metric accuracy --no-worse-than 0 --disagreement 0.1", /no number of rows shows a change of exactly 0/],
    ["--metric accuracy --no-worse-than 0.01 --disagreement 10", /A number between 0 and 1 was expected/],
    ["--metric accuracy --no-worse-than 0.01 --disagreement 0.1 --seed-sd 0.002", /^--seed-sd: .* Add --rows/],
  ])("says what is missing or wrong: %s", async (options, says) => {
    const { status, stdout, stderr } = await workplace().assay(`compare --rows-needed ${options}`);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  /** Trainings of two recipes; each seed is wrong elsewhere, so that values vary from seed to seed far more than rows do. */
  function seedPilot(folder: string, name: string, wrong: readonly number[]) {
    return wrong
      .map((every, seed) => {
        const path = join(folder, `${name}${seed}.csv`);
        writeFileSync(path, binary(every, seed));
        return path;
      })
      .join(",");
  }

  it("takes what a pilot of several seeds varies from seed to seed for that, and not for noise of the rows", async () => {
    const { folder, assay } = workplace();
    const [old, next] = [seedPilot(folder, "old", [4, 8, 20]), seedPilot(folder, "new", [5, 9, 30])];
    const command = `compare ${old} ${next} ${onTest} --rows-needed --metric accuracy --no-worse-than 0.1`;
    const { seedDeviation, deviation, seedRows, needed } = JSON.parse((await assay(`${command} --json`)).stdout);
    const isRight = (index: number, every: number, seed: number) => Number(!(index >= seed && index % every === 0));
    const share = (every: number, seed: number) => mean(rows.map(({ index }) => isRight(index, every, seed)));
    const squares = [[4, 8, 20].map(share), [5, 9, 30].map(share)].map(squaresAroundMean);
    expect(seedDeviation).toBeCloseTo(Math.sqrt(mean(squares) / 2), 12);
    expect(seedRows).toBe(count);
    const differences = rows.map(({ index }) =>
      mean([4, 8, 20].map((every, seed) => isRight(index, [5, 9, 30][seed] ?? 1, seed) - isRight(index, every, seed))),
    );
    expect(deviation / Math.sqrt(squaresAroundMean(differences) / count)).toBeCloseTo(1, 2);
    expect(needed[1].seeds).toBeGreaterThan(3);
    expect((await assay(command)).stdout).toMatch(/and from seed to seed the metric's standard deviation is 0\.0\d+:/);
  });

  it("counts --rows in test rows where the pilot's rows are in groups", async () => {
    const { assay } = workplace();
    const pilot = `compare c.csv b.csv ${onTest} --group customer --rows-needed --metric accuracy --no-worse-than 0.1 --seed-sd 0.06`;
    const seedsOf = async (more: string) => JSON.parse((await assay(`${pilot}${more} --json`)).stdout);
    const [own, same, more] = [await seedsOf(""), await seedsOf(" --rows 240"), await seedsOf(" --rows 24000")];
    expect(own).toMatchObject({ unit: "groups", seedRows: 240 });
    expect(same).toEqual(own);
    expect(more.needed[1].seeds).toBeLessThan(own.needed[1].seeds ?? Number.POSITIVE_INFINITY);
  });
});
