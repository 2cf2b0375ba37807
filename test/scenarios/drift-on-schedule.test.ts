import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, type Team } from "./team.ts";

const retrain = `name: Retrain
on:
  workflow_dispatch:
    inputs:
      reason: { required: true }
`;

/** Rows as the fixture's training data has them, or with `x` moved and labels that are missing. */
function rows(count: number, change: { shift?: number; missing?: boolean } = {}): string {
  const { shift = 0, missing = false } = change;
  const lines = Array.from({ length: count }, (_, row) => {
    const x = (row * 37) % 100;
    return `live-${row},${x + shift},${missing && row % 4 === 0 ? "" : Number(x >= 50)}`;
  });
  return `id,x,label\n${lines.join("\n")}\n`;
}

describe("drift on a schedule", () => {
  let team: Team;
  let live: string;

  beforeAll(async () => {
    team = await createTeam();
    live = join(team.home, "live");
    await mkdir(live);
    const first = await team.pushMain("First model", {
      "assay.yml": (text) => text.replace("    gates:", "    drift: {exclude: [id]}\n    gates:"),
      "data/train.csv": rows(400),
    });
    expect(first.report.exitCode, first.report.log).toBe(0);
    await mkdir(join(team.clone.folder, ".github", "workflows"), { recursive: true });
    await team.pushMain("A workflow to retrain by", { ".github/workflows/retrain.yml": retrain });
  });
  afterAll(() => team.close());

  /** The scheduled workflow, with what is live now. */
  async function watch(text: string, inputs: Readonly<Record<string, string>> = {}) {
    await writeFile(join(live, "now.csv"), text);
    const run = await team.startSchedule();
    const job = await run.startJob("Drift", { contents: "read", issues: "write", actions: "write" });
    const step = await job.step("drift", { model: "threshold", current: join(live, "*.csv"), ...inputs });
    await job.finish();
    return step;
  }
  const issues = () => team.github.issues().map(({ state, body, title, labels }) => ({ state, body, title, labels }));
  const retrainings = () => team.github.dispatches().map(({ workflowPath, inputs }) => [workflowPath, inputs]);

  it("writes no issue while live data is like the training data", async () => {
    const { exitCode, outputs, summary, log } = await watch(rows(400));
    expect(exitCode, log).toBe(0);
    expect(outputs).toMatchObject({ drifted: "false", columns: "[]", issue: "" });
    expect(summary).toContain("✅ **No drift**: none of 2 columns");
    expect(issues()).toEqual([]);
  });

  it("opens one issue when drift comes, with the column, the run and a page, and starts the retraining once", async () => {
    const wanted = { "retrain-workflow": "retrain.yml", "retrain-inputs": "reason=drift" };
    const { exitCode, outputs, summary, log } = await watch(rows(400, { shift: 40 }), wanted);
    expect(exitCode, log).toBe(0);
    expect(outputs).toMatchObject({ drifted: "true", columns: '["x"]', issue: expect.stringMatching(/\/issues\/\d+$/) });
    expect(outputs["page"]).toMatch(/\/artifacts\/\d+$/);
    expect(summary).toContain("▲ **Drift**: 1 of 2 columns");
    expect(log).toContain("::warning::1 column of");
    expect(issues()).toMatchObject([
      { state: "open", title: "Data drift: threshold", labels: [{ name: "data-drift" }], body: expect.stringContaining("`x`") },
    ]);
    await watch(rows(400, { shift: 40 }), wanted);
    expect(retrainings()).toEqual([[".github/workflows/retrain.yml", { reason: "drift" }]]);
  });

  it("changes that issue while the drift stays, instead of opening another", async () => {
    await watch(rows(400, { shift: 40, missing: true }));
    expect(issues()).toMatchObject([{ state: "open", body: expect.stringMatching(/`label`[^\n]*missing 0\.0% → 25\.0%/) }]);
  });

  it("closes it when the drift is gone, and opens it again when it comes back", async () => {
    const gone = await watch(rows(400));
    expect(gone.outputs).toMatchObject({ drifted: "false", issue: expect.stringMatching(/\/issues\/\d+$/) });
    expect(issues()).toMatchObject([{ state: "closed", body: expect.stringContaining("The drift is gone") }]);
    await watch(rows(400, { shift: 40 }));
    expect(issues()).toMatchObject([{ state: "open" }]);
    await watch(rows(400));
  });

  it("has one open issue when two runs see it come at the same time", async () => {
    const other = { reference: "data/train.csv", model: "", exclude: "id", name: "the same, twice" };
    const both = await Promise.all([1, 2].map(() => watch(rows(400, { shift: 40 }), other)));
    for (const { exitCode, log } of both) expect(exitCode, log).toBe(0);
    const [open, ...more] = issues().filter(({ state }) => state === "open");
    expect(more).toEqual([]);
    expect(open).toMatchObject({ title: "Data drift: the same, twice" });
  });

  it("tells of a model in use in the same issue: opened when its estimate is worse, closed when it is as good as before", async () => {
    const folder = join(team.home, "said");
    await mkdir(folder);
    const predictions = (count: number, sure: number, labels: boolean) => {
      const lines = Array.from({ length: count }, (_, row) => {
        const p = 0.5 + (row % 2 === 0 ? sure : -sure);
        const isOther = (row * 37) % 100 < (0.5 - sure) * 100;
        const label = Number(p > 0.5) === Number(!isOther) ? 1 : 0;
        return `2026-0${1 + Math.floor((row * 5) / count)}-1${row % 9},${p},${Number(p > 0.5)},${labels ? label : ""}`;
      });
      return `day,p,said,y\n${lines.join("\n")}\n`;
    };
    await writeFile(join(folder, "validation.csv"), predictions(4000, 0.4, true));
    const look = async (sure: number, more: Readonly<Record<string, string>> = {}) => {
      await writeFile(join(folder, "now.csv"), predictions(2000, sure, false));
      return watch(rows(400), {
        ...{ name: "in use", predictions: join(folder, "now.csv"), "predictions-reference": join(folder, "validation.csv") },
        ...{ label: "y", prediction: "said", score: "p", by: "day", period: "month", ...more },
      });
    };
    const worse = await look(0.1);
    expect(worse.exitCode, worse.log).toBe(0);
    expect(worse.outputs).toMatchObject({ drifted: "true", columns: "[]" });
    expect(worse.log).toMatch(
      /::warning::No column of .* drifted by itself; the model is estimated to be worse in 5 of 5 windows/,
    );
    const ofModel = () => issues().filter(({ title }) => title === "Data drift: in use");
    expect(ofModel()).toMatchObject([
      { state: "open", body: expect.stringContaining("estimated to be worse in 5 of 5 windows, last in 2026-05") },
    ]);
    const told = ofModel();
    const notJudged = await look(0.4, { score: "", "fail-on-drift": "true" });
    expect(notJudged.exitCode, notJudged.log).toBe(3);
    expect(notJudged.log).toMatch(/::error::No column of .*; the model is not judged: no window has labels enough/);
    expect(notJudged.log).toMatch(/issues\/\d+ is left as it is/);
    expect(ofModel()).toEqual(told);
    const gone = await look(0.4);
    expect(gone.outputs, gone.log).toMatchObject({ drifted: "false" });
    expect(ofModel()).toMatchObject([
      { state: "closed", body: expect.stringContaining("The model is no worse in any of 5 windows") },
    ]);
  });

  it("compares with the last recorded run while that of main is not recorded yet", async () => {
    await team.startPush("More training data", { "data/train.csv": rows(800, { shift: 1 }) });
    const { exitCode, log } = await watch(rows(400));
    expect(exitCode, log).toBe(0);
    expect(log).toMatch(/The run of [0-9a-f]{7} is not recorded yet: [0-9a-f]{7}, which is the last one, is compared with/);
  });

  it("fails where it is asked to, and says which columns", async () => {
    const { exitCode, log } = await watch(rows(400, { shift: 40 }), { issue: "false", "fail-on-drift": "true" });
    expect(exitCode).toBe(1);
    expect(log).toMatch(/::error::1 column of .*\*\.csv drifted: "x"/);
  });

  it("writes no issue on a pull request", async () => {
    const pullRequest = await team.open("Words", { "NOTES.md": "Words.\n" });
    const before = issues();
    await writeFile(join(live, "now.csv"), rows(400, { shift: 40 }));
    const job = await (await team.startRun(pullRequest)).startJob("Drift", { contents: "read" });
    const step = await job.step("drift", { reference: "data/train.csv", exclude: "id", current: join(live, "*.csv") });
    await job.finish();
    expect(step.exitCode, step.log).toBe(0);
    expect(step.outputs).toMatchObject({ drifted: "true", issue: "" });
    expect(issues()).toEqual(before);
  });

  it.each([
    ["a model that there is not", { model: "fraud" }, 2, /has no model fraud\. It has threshold\./],
    ["data that is not there", { current: "live/*.parquet" }, 3, /live\/\*\.parquet/],
    [
      "a table that the model was not trained on",
      { reference: "data/other.csv" },
      2,
      /not trained on "data\/other\.csv", but on data\/train\.csv/,
    ],
    ["settings of a model that stand in assay.yml", { preset: "assay" }, 2, /models\.threshold\.drift/],
    ["a retraining that nothing remembers", { "retrain-workflow": "retrain.yml", issue: "false" }, 2, /needs `issue: true`/],
  ])("refuses %s", async (_, inputs, code, message) => {
    const { exitCode, log } = await watch(rows(400), inputs);
    expect(exitCode, log).toBe(code);
    expect(log).toMatch(message);
  });

  it("says which permission the job lacks for the issue, after the summary is written", async () => {
    await writeFile(join(live, "now.csv"), rows(400, { shift: 40 }));
    const job = await (await team.startSchedule()).startJob("Drift", { contents: "read" });
    const step = await job.step("drift", { model: "threshold", current: join(live, "*.csv") });
    await job.finish();
    expect(step.exitCode).toBe(4);
    expect(step.log).toContain("issues: read");
    expect(step.summary).toContain("▲ **Drift**");
  });
});
