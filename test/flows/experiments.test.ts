import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifySeal } from "../../src/evidence/seal.ts";
import { failureOf } from "../../src/flows/failure.ts";
import { runFilesName } from "../../src/flows/job-files.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import { unfinishedRuns } from "../../src/flows/train-planned.ts";
import { planMatrix, planSelections } from "../../src/plan/matrix.ts";
import { parsePlan } from "../../src/plan/parse-plan.ts";
import { serializePlan } from "../../src/plan/serialize-plan.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, type Edits, model, setParam } from "./workplace.ts";

/** Two thresholds or more with two seeds, the best the one whose reported number is lowest: |threshold − 45| + seed / 10. */
const grid = (thresholds: string, select = "{reported: distance, better: lower}"): Edits => ({
  "assay.yml": (text) =>
    text
      .replace(/ *(grid|select|seeds): .*\n/g, "")
      .replace("outputs: {model: model.json}", "outputs: {model: model.json, metrics: metrics.json}")
      .replace(
        "timeout: 5m",
        `timeout: 5m\n      seeds: [1, 2]\n      grid: {threshold: ${thresholds}}\n      select: ${select}`,
      ),
  "train.mjs": (text) =>
    text
      .replace('readFileSync("params.yaml"', "readFileSync(process.env.ASSAY_PARAMS")
      .replace("{ latency_ms: 10 + seed }", "{ distance: Math.abs(threshold - 45) + seed / 10 }"),
});

describe("a grid", () => {
  it("is trained at every point with every seed, and the best one is the candidate", async () => {
    const place = await createWorkplace();
    const head = await place.edit(grid("[40, 44, 60]"));
    const { evidence, planned, trained } = await place.run(head, place.first);
    expect(
      place
        .output()
        .match(/training with threshold \d+/g)
        ?.slice(0, 6),
    ).toEqual([40, 40, 44, 44, 60, 60].map((threshold) => `training with threshold ${threshold}`));
    // The tracked file is as it was.
    expect(place.repository.git("status", "--porcelain")).toBe("");
    expect(trained.map(({ inputHash }) => inputHash)).toEqual([
      ...(planned.candidate.points ?? []).map(({ inputHash }) => inputHash),
      planned.baseline?.inputHash,
    ]);
    verifySeal(evidence);
    expect(evidence.inputHash).toBe(planned.candidate.inputHash);
    expect(evidence.experiments).toMatchObject({
      select: { reported: "distance", better: "lower" },
      chosen: 1,
      points: [
        {
          values: { threshold: 40 },
          outcome: "completed",
          seeds: [
            { seed: 1, value: 5.1 },
            { seed: 2, value: 5.2 },
          ],
        },
        { values: { threshold: 44 }, seeds: [{ value: 1.1 }, { value: 1.2 }] },
        { values: { threshold: 60 }, seeds: [{ value: 15.1 }, { value: 15.2 }] },
      ],
    });
    expect(evidence.trainings.map(({ reported }) => reported)).toEqual([{ distance: 1.1 }, { distance: 1.2 }]);
    expect(evidence.evaluations[0]?.comparisons[0]).toMatchObject({ metric: "accuracy" });
    // What each point was trained by stays among its files.
    const [, second] = planned.candidate.points ?? [];
    const folder = join(place.runsFolder, runFilesName(model, second?.inputHash ?? ""));
    expect(await files.readText(join(folder, "trainings", "2", "params", "params.yaml"))).toMatch(
      /^threshold: 44\ntrouble: none/,
    );
  });

  it("is reused whole when nothing changed; a further value trains only its own point, and the same one wins again", async () => {
    const place = await createWorkplace();
    const first = await place.edit(grid("[40, 44]"));
    const { evidence } = await place.run(first, place.first);
    const again = await place.planOf(first, place.first);
    expect(again.planned.candidate).toMatchObject({ decision: "reuse" });
    expect(planMatrix(again.plan)).toHaveLength(1);
    expect(planSelections(again.plan)).toEqual([]);

    const before = place.output();
    const more = await place.run(await place.edit(grid("[40, 44, 60]")), place.first);
    expect(more.planned.candidate.points?.map(({ decision }) => decision)).toEqual(["reuse", "reuse", "train"]);
    expect(
      place
        .output()
        .slice(before.length)
        .match(/training with threshold \d+/g),
    ).toEqual(["training with threshold 60", "training with threshold 60"]);
    expect(more.evidence.experiments?.points.map(({ reusedFrom }) => reusedFrom?.commit)).toEqual([first, first, undefined]);
    expect(more.evidence.experiments?.chosen).toBe(1);
    expect(more.evidence.trainings).toEqual(evidence.trainings);
    // Another rule trains nothing at all.
    const { plan, planned } = await place.planOf(
      await place.edit(grid("[40, 44, 60]", "{reported: distance, better: higher}")),
      place.first,
    );
    expect(planned.candidate).toMatchObject({ decision: "train" });
    expect(planMatrix(plan)).toEqual([]);
    expect(planSelections(plan)).toHaveLength(1);
    expect(await place.train(plan)).toEqual([]);
    expect((await place.evaluate(plan)).experiments?.chosen).toBe(2);
  });

  it("lasts as the baseline of what follows, with its experiments and the models of the chosen one", async () => {
    const place = await createWorkplace();
    const base = await place.edit(grid("[40, 44]"));
    const { plan, evidence } = await place.run(base, null);
    await recordBaselines(plan, new Map([[model, evidence]]), place.machine, place.records);
    await files.remove(place.runsFolder);
    const next = await place.run(await place.edit(grid("[40, 44, 48]")), base);
    expect(next.planned.baseline).toMatchObject({ decision: "reuse", run: { kind: "store" } });
    expect(next.evidence.evaluations[0]?.baseline).toMatchObject({ how: "kept", reported: { distance: [1.1, 1.2] } });
    expect((await place.records.ledger.findEvidence(model, evidence.inputHash))?.experiments).toEqual(evidence.experiments);
  });

  it("has a job for each point, one for the baseline, and one after them", async () => {
    const place = await createWorkplace();
    const { plan } = await place.planOf(await place.edit(grid("[40, 44]")), place.first);
    const job = { model, runner: ["ubuntu-latest"] };
    expect(planMatrix(plan)).toEqual([
      { ...job, "timeout-minutes": 70, point: "1" },
      { ...job, "timeout-minutes": 70, point: "2" },
      { ...job, "timeout-minutes": 70, point: "baseline" },
    ]);
    expect(planSelections(plan)).toEqual([{ ...job, "timeout-minutes": 60 }]);
    const handedOn = parsePlan(serializePlan(plan), "the plan");
    expect(handedOn.models[0]?.candidate.points).toHaveLength(2);
    for (const point of ["2", "baseline", "1"]) await place.train(handedOn, {}, point);
    expect(place.output().match(/training with threshold \d+/g)).toEqual(
      [44, 44, 40, 40, 40].map((threshold) => `training with threshold ${threshold}`),
    );
    expect((await place.evaluate(handedOn)).experiments?.chosen).toBe(1);
  });

  it("goes on without a point that fails, which cannot be chosen", async () => {
    const place = await createWorkplace();
    await place.edit(grid("[44, 40]"));
    const head = await place.edit({
      "train.mjs": (text) => text.replace('params.trouble === "hang"', "threshold === 44) process.exit(1);\nif (false"),
    });
    const { evidence } = await place.run(head, place.first);
    expect(evidence.experiments).toMatchObject({
      chosen: 1,
      points: [{ outcome: "failed", message: expect.stringContaining("exited with code 1") }, { outcome: "completed" }],
    });
    expect(failureOf(evidence)).toBeUndefined();
  });

  it("is not chosen from while a point was killed, which goes on the next time and could win", async () => {
    const place = await createWorkplace();
    await place.edit(grid("[44, 40]"));
    const head = await place.edit({
      "train.mjs": (text) =>
        text.replace('params.trouble === "hang"', "threshold === 44) process.kill(process.pid, 9);\nif (false"),
    });
    const { plan, trained, evidence } = await place.run(head, place.first);
    expect(failureOf(evidence)).toMatch(/^Experiment 1 \(threshold 44\) has no result: /);
    expect(evidence.evaluationFailure?.exitCode).toBe(3);
    expect(evidence.experiments?.chosen).toBeUndefined();
    const [killed] = plan.models[0]?.candidate.points ?? [];
    expect(unfinishedRuns({ plan, model, point: "1" }, trained).map(({ inputHash }) => inputHash)).toEqual([killed?.inputHash]);
  });

  it("fails where no point can be chosen, and says why of each", async () => {
    const place = await createWorkplace();
    const head = await place.edit(grid("[40, 44]", "{reported: loss, better: lower}"));
    const { evidence } = await place.run(head, place.first);
    expect(failureOf(evidence)).toBe(
      "None of the 2 experiments can be chosen: threshold 40: With seed 1 it reported no loss. threshold 44: With seed 1 it reported no loss.",
    );
    expect(evidence.experiments?.points).toHaveLength(2);
    verifySeal(evidence);
  });

  it("is not chosen from while a point is missing: the best could be another the next time", async () => {
    const place = await createWorkplace();
    const { plan } = await place.planOf(await place.edit(grid("[40, 44]")), place.first);
    await place.train(plan, {}, "1");
    expect(failureOf(await place.evaluate(plan))).toMatch(
      /^Experiment 2 \(threshold 44\) has no result: .* Run it again, or take it out/,
    );
  });

  it("of the base branch is chosen from too, where it is not recorded", async () => {
    const place = await createWorkplace();
    const base = await place.edit(grid("[40, 60]"));
    const head = await place.edit({ ...setParam("note", "changed"), ...grid("[40, 44, 60]") });
    const { evidence, planned } = await place.run(head, base);
    expect(planned.baseline).toMatchObject({ decision: "train", points: [{}, {}] });
    expect(evidence.evaluations[0]?.baseline?.inputHash).toBe(planned.baseline?.inputHash);
    expect(evidence.evaluations[0]?.baseline?.reported).toEqual({ distance: [5.1, 5.2] });
  });

  it("is refused where it names what its parameter file does not have, at its place in assay.yml", async () => {
    const place = await createWorkplace();
    const head = await place.edit({
      "assay.yml": (text) =>
        (grid("[40]")["assay.yml"] as (text: string) => string)(text).replace("{threshold: [40]}", "{thresh: [40], note: [1]}"),
    });
    await expect(place.planOf(head, place.first)).rejects.toThrow(
      'assay.yml:12:14 models.threshold.train.grid.thresh: params.yaml has no key "thresh". Name a key that the file has, with a number, a text, true or false.\n' +
        'assay.yml:12:28 models.threshold.train.grid.note: params.yaml has a text at "note", and the grid gives 1. Give values of the same kind as the file\'s.',
    );
  });
});
