import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GitHubError } from "../../src/errors/errors.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import { sealEvidence } from "../../src/evidence/seal.ts";
import { collectEvidence, readJobFile } from "../../src/flows/collect-evidence.ts";
import { evidenceFileName } from "../../src/flows/job-files.ts";
import { evidenceText } from "../../src/flows/keep-evidence.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { sampleEvidence } from "../evidence/sample-evidence.ts";
import { files } from "../git/repository.ts";
import { createPlannedModel, mergeSha } from "../report/create-report.ts";
import { createWorkplace } from "./workplace.ts";

const planned = createPlannedModel("fraud");
const plan: Plan = { schema: "assay.plan/v1", commit: mergeSha, base: null, event: "pull_request", models: [planned] };

function sealed(overrides: Partial<Evidence> = {}): Evidence {
  const evidence = sampleEvidence({ model: "fraud", inputHash: planned.candidate.inputHash, ...overrides });
  return sealEvidence(evidence, new Date(0));
}

/** Collects what a job left as the evidence of `fraud`. */
async function collect(text: string | undefined, of = plan) {
  const { machine, runsFolder } = await createWorkplace();
  if (text !== undefined) await files.write(join(runsFolder, evidenceFileName("fraud", planned.candidate.inputHash)), text);
  return collectEvidence(of, readJobFile(machine));
}

const reason = async (text: string) => (await collect(text)).refused.get("fraud");

describe("collecting evidence", () => {
  it("takes sealed evidence of the planned inputs", async () => {
    const { evidence, refused } = await collect(evidenceText(sealed()));
    expect([...evidence.keys()]).toEqual(["fraud"]);
    expect(refused.size).toBe(0);
  });

  it("is empty for a model whose job left none", async () => {
    const { evidence, refused } = await collect(undefined);
    expect([evidence.size, refused.size]).toEqual([0, 0]);
  });

  it("says nothing about evidence that GitHub did not send", async () => {
    const read = () => Promise.reject(new GitHubError("GitHub answered 500", { status: 500 }));
    await expect(collectEvidence(plan, read)).rejects.toThrow("GitHub answered 500");
  });

  it("does not look for models that are not evaluated", async () => {
    const skipped = { ...plan, models: [{ ...planned, evaluate: false }] };
    expect((await collect(evidenceText(sealed()), skipped)).evidence.size).toBe(0);
  });

  it("refuses results that were changed after they were sealed", async () => {
    const text = evidenceText(sealed()).replaceAll('"candidate":0.97', '"candidate":0.99');
    expect(text).toContain("0.99");
    expect(await reason(text)).toMatch(/was changed after it was sealed/);
  });

  it("refuses evidence that is not sealed", async () => {
    expect(await reason(evidenceText({ ...sealed(), seal: undefined }))).toMatch(/is not sealed/);
  });

  it("refuses evidence of other inputs, naming both hashes", async () => {
    const other = sealEvidence(sampleEvidence({ model: "fraud" }), new Date(0));
    const message = await reason(evidenceText(other));
    expect(message).toContain(other.inputHash);
    expect(message).toContain(planned.candidate.inputHash);
  });

  it("refuses another model's evidence under this model's name", async () => {
    expect(await reason(evidenceText(sealed({ model: "churn" })))).toMatch(/^The evidence is of churn/);
  });

  it.each([
    ["no JSON", "not JSON", /is not JSON/],
    ["a list", "[]", /is a JSON object/],
    ["unknown keys", evidenceText(sealed()).replace('"waivers"', '"verdict": "pass", "waivers"'), /not evidence/],
    ["a later version", evidenceText(sealed()).replace("assay.evidence/v1", "assay.evidence/v2"), /version assay\.evidence\/v2/],
    ["deep nesting", "[".repeat(10_000), /levels deep/],
    ["__proto__", evidenceText(sealed()).replace('"waivers"', '"__proto__": {"seal": {}}, "waivers"'), /__proto__/],
  ])("refuses %s without reading on", async (_, text, message) => {
    expect(await reason(text)).toMatch(message);
  });
});
