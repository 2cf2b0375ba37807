import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { recordBaselines } from "../../src/flows/record-baseline.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, model, setParam, type Workplace } from "./workplace.ts";

const record = ({ machine, records }: Workplace, plan: Plan, evidence: Evidence) =>
  recordBaselines(plan, new Map([[model, evidence]]), machine, records);
const ledgerCommits = ({ repository }: Workplace) => repository.git("rev-list", "--count", "assay-ledger");
const stored = ({ folder }: Workplace) => readdirSync(join(folder, "store")).sort();

describe("recording a baseline", () => {
  it("keeps evidence in the ledger, model files and predictions in the store", async () => {
    const place = await createWorkplace();
    const { plan, planned, evidence } = await place.run(place.first, null);
    await record(place, plan, evidence);
    expect(await place.records.ledger.findEvidence(model, planned.candidate.inputHash)).toEqual(evidence);
    const digests = [evidence.trainings[0]?.model?.digest, evidence.evaluations[0]?.candidate?.predictions[0]];
    expect(stored(place)).toEqual(digests.map((digest) => `sha256-${digest?.slice(7)}`).sort());
    expect(place.lines.at(-1)).toMatch(/Recorded threshold \w+ as the baseline/);
  });

  it("does nothing the second time", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    await record(place, plan, evidence);
    const before = [ledgerCommits(place), stored(place)];
    await record(place, plan, evidence);
    expect([ledgerCommits(place), stored(place)]).toEqual(before);
  });

  it("completes a recording that broke off between ledger and store", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    await record(place, plan, evidence);
    await files.remove(join(place.folder, "store"));
    await record(place, plan, evidence);
    expect(stored(place)).toHaveLength(2);
    expect(ledgerCommits(place)).toBe("1");
  });

  it("records the next baseline beside the first", async () => {
    const place = await createWorkplace();
    const first = await place.run(place.first, null);
    await record(place, first.plan, first.evidence);
    const second = await place.run(await place.edit(setParam("threshold", 50)), null);
    await record(place, second.plan, second.evidence);
    expect(ledgerCommits(place)).toBe("2");
    expect(await place.records.ledger.findEvidence(model, first.planned.candidate.inputHash)).toEqual(first.evidence);
  });

  it.each(["exit", "no-predictions"])("records nothing of a run that failed (%s)", async (trouble) => {
    const place = await createWorkplace();
    const head = await place.edit(setParam("trouble", trouble));
    const { plan, planned } = await place.planOf(head, null);
    const [trained] = await place.train(plan);
    const evidence = trouble === "exit" ? trained : await place.evaluate(plan);
    if (!evidence) throw new Error("nothing was trained");
    await record(place, plan, evidence);
    expect(await place.records.ledger.findEvidence(model, planned.candidate.inputHash)).toBeUndefined();
    expect(await files.exists(join(place.folder, "store"))).toBe(false);
  });

  it("records nothing when a model's files are not those of its evidence", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    const run = readdirSync(place.runsFolder).find((name) => name.startsWith("assay-run-")) ?? "";
    await files.write(join(place.runsFolder, run, "trainings", "1", "model", "model.json"), "{}");
    await expect(record(place, plan, evidence)).rejects.toThrow(/model\.json should be sha256:/);
    expect(place.repository.git("branch", "--list", "assay-ledger")).toBe("");
  });

  it("is what the next plan finds", async () => {
    const place = await createWorkplace();
    const { plan, evidence } = await place.run(place.first, null);
    await record(place, plan, evidence);
    await files.remove(place.runsFolder);
    const { planned } = await place.planOf(await place.edit(setParam("threshold", 50)), place.first);
    expect(planned.baseline).toMatchObject({ decision: "reuse", run: { kind: "store" } });
  });
});
