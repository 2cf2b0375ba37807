import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { appWorkflow } from "../../scripts/app-workflow.ts";
import { workflowsOf } from "../../scripts/workflow-snippets.ts";

const step = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const job = z.object({
  name: z.string(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  "timeout-minutes": z.unknown(),
  steps: z.array(step),
});
const workflow = z.object({
  permissions: z.strictObject({}),
  concurrency: z.strictObject({ group: z.string(), "cancel-in-progress": z.union([z.string(), z.literal(false)]) }),
  jobs: z.record(z.string(), job),
});

const root = join(import.meta.dirname, "..", "..");
const path = join(root, ".github", "workflows", "model-ci.yml");
const { jobs, concurrency } = workflow.parse(parse(readFileSync(path, "utf8")));

/** A run that is run again has the action of its event still. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow.
const endsSuperseded = "${{ github.event.action == 'synchronize' && github.run_attempt == 1 }}";

describe("the reusable workflow", () => {
  it("grants training and planning reading and nothing else", () => {
    for (const name of ["plan", "train", "evaluate"])
      expect(new Set(Object.values(jobs[name]?.permissions ?? {}))).toEqual(new Set(["read"]));
  });

  it("lets no job that writes check the repository out", () => {
    for (const { permissions, steps } of Object.values(jobs))
      if (Object.values(permissions).includes("write"))
        expect(steps.map(({ uses }) => uses.split("@")[0])).toEqual(["assay-ml/assay/actions/report"]);
  });

  it("gives the secret to training and scoring only, and leaves no credentials in a checkout", () => {
    for (const { steps } of Object.values(jobs))
      for (const { uses, with: inputs } of steps) {
        const given = JSON.stringify(inputs).includes("secrets.");
        expect([uses, given]).toEqual([uses, /actions\/(train|evaluate)@/.test(uses)]);
        if (uses.startsWith("actions/checkout@"))
          expect(inputs).toEqual({ "persist-credentials": false, ref: expect.stringContaining("${{") });
      }
  });

  it("runs nothing of third parties but the checkout, and everything by commit", () => {
    for (const { steps } of Object.values(jobs))
      for (const { uses } of steps) expect(uses).toMatch(/^(actions\/checkout|assay-ml\/assay\/actions\/\w+)@[0-9a-f]{40}$/);
  });

  it("ends runs that a push to a pull request supersedes, and none for a label or of a branch, which has a group of its own", () => {
    expect(concurrency["cancel-in-progress"]).toBe(endsSuperseded);
    expect(concurrency.group).toContain(
      "github.event.pull_request.number || github.event.inputs['pull-request'] || github.run_id",
    );
  });

  it("gives no secret and no job that may write to a training that the app asked for", () => {
    const dispatched = "github.event.inputs['pull-request']";
    const given = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ with: { env = [] } }) => env));
    expect(given).toHaveLength(3);
    for (const env of given) expect(env).toContain(`!${dispatched} && secrets.train-env`);
    expect(jobs["record"]?.if).toContain(`&& !${dispatched}`);
  });

  it("is the same with the app but for writing to pull requests, which is the app's", () => {
    const app = readFileSync(path.replace("model-ci.yml", "model-ci-app.yml"), "utf8");
    expect(app).toBe(appWorkflow(readFileSync(path, "utf8")));
    const writing = Object.entries(workflow.parse(parse(app)).jobs).flatMap(([name, { permissions }]) =>
      Object.entries(permissions).flatMap(([what, level]) => (level === "write" ? [`${name}: ${what}`] : [])),
    );
    expect(writing).toEqual(["record: contents"]);
  });

  it("ends nothing where an older run is run again, as the documented workflows do not either", () => {
    const documented = workflowsOf(readFileSync(join(root, "docs", "workflows.md"), "utf8")).flatMap(({ text }) => {
      const { concurrency } = z.object({ concurrency: workflow.shape.concurrency.optional() }).parse(parse(text));
      return concurrency ? [concurrency["cancel-in-progress"]] : [];
    });
    expect(documented.filter((ends) => ends !== false)).toEqual([endsSuperseded, endsSuperseded, endsSuperseded]);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of the workflow.
  it("trains a grid's points in jobs of their own, and evaluates in one that comes after them, whatever became of them", () => {
    const { train, evaluate, report, record } = jobs;
    expect(train?.name).toBe("Train ${{ matrix.model }}${{ matrix.point && format(' ({0})', matrix.point) }}");
    const [, training, evaluation] = train?.steps ?? [];
    expect(training?.with).toMatchObject({ point: "${{ matrix.point }}" });
    expect(evaluation?.if).toBe("${{ !matrix.point }}");
    expect(evaluate).toMatchObject({ name: "Evaluate ${{ matrix.model }}", needs: ["plan", "train"] });
    expect(evaluate?.if).toContain("!cancelled()");
    for (const last of [report, record]) expect(last?.needs).toEqual(["plan", "train", "evaluate"]);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above.
});
