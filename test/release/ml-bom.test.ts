import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { noStatements } from "../../src/release/card/statements.ts";
import { mlBom } from "../../src/release/ml-bom.ts";
import { uuidOfUrl } from "../../src/release/uuid.ts";
import { skipWithout } from "../requirements.ts";
import { createFacts } from "./create-facts.ts";
import { hostileFacts } from "./hostile-facts.ts";

const python = resolve(".cache/cyclonedx/bin/python");
const withoutValidator = skipWithout(
  "cyclonedx",
  "CycloneDX's validator reading ML-BOMs",
  existsSync(python) ? undefined : "it is not installed here: run `bash .ci/python-tool.sh cyclonedx`, which needs Python.",
);

const little = () =>
  createFacts(
    { approvals: [], predecessor: undefined, stage: undefined, statements: noStatements },
    {
      inputs: [],
      evaluations: [],
      trainings: [],
      data: undefined,
      source: { repository: "acme/risk-models", commit: "ab".repeat(20) },
    },
  );

function ofTwoFiles(path: string) {
  const [training] = createFacts().evidence.trainings;
  const [file] = training?.model?.files ?? [];
  if (!training?.model || !file) throw new Error("the model has a file");
  const model = { ...training.model, files: [file, { ...file, path }] };
  return createFacts({}, { trainings: [{ ...training, model }] });
}

describe("an ML-BOM", () => {
  it("says what the model is, of what it was made and how it does", async () => {
    await expect(mlBom(createFacts())).toMatchFileSnapshot("../goldens/release/ml-bom.json");
  });

  it("is the same bytes for the same facts, and another BOM for another release", () => {
    expect(mlBom(createFacts())).toBe(mlBom(createFacts()));
    const serials = [{}, { version: "v1.5.1" }, { repository: "acme/other" }, { serverUrl: "https://ghe.example" }].map(
      (facts) => JSON.parse(mlBom(createFacts(facts))).serialNumber,
    );
    expect(new Set(serials).size).toBe(4);
  });

  it("has considerations only where people stated them, and no license that nobody gave", () => {
    const { modelCard, licenses } = JSON.parse(mlBom(little())).metadata.component;
    expect([modelCard.considerations, licenses]).toEqual([undefined, undefined]);
  });

  it("lists no metric that has no value", () => {
    const { evidence } = createFacts();
    const [evaluation] = evidence.evaluations;
    if (!evaluation?.candidate) throw new Error("there is a candidate");
    const metrics = [{ metric: "recall", value: null, undefinedBecause: "no rows" }];
    const evaluations = [{ ...evaluation, candidate: { ...evaluation.candidate, metrics }, slices: [] }];
    const { modelCard } = JSON.parse(mlBom(createFacts({}, { evaluations }))).metadata.component;
    expect(modelCard.quantitativeAnalysis.performanceMetrics).toEqual([]);
  });

  it("has a hash of its own only when it is one file", () => {
    const { hashes, components } = JSON.parse(mlBom(ofTwoFiles("weights.bin"))).metadata.component;
    expect(hashes).toBeUndefined();
    expect(components.map(({ name }: { name: string }) => name)).toEqual(["model.onnx", "weights.bin"]);
  });

  it("says what the release calls a file that it cannot call as the model does", () => {
    const { components } = JSON.parse(mlBom(ofTwoFiles("variables/weights.bin"))).metadata.component;
    expect(components.map(({ properties }: { properties?: object }) => properties)).toEqual([
      undefined,
      [{ name: "assay:release-asset", value: "variables__weights.bin" }],
    ]);
  });
});

it("a UUID of version 5 is that of RFC 9562 and of others who make it", () => {
  expect(uuidOfUrl("http://www.example.com/")).toBe("fcde3c85-2270-590f-9e7c-ee003d65e0e2");
});

describe.skipIf(withoutValidator)("beside CycloneDX's strict validator", () => {
  it("every ML-BOM is valid, and one with a mistake is not", () => {
    const good = [createFacts(), hostileFacts(), little(), createFacts({ statements: noStatements }), ofTwoFiles("a/b.bin")].map(
      mlBom,
    );
    const bad = [
      mlBom(createFacts()).replace('"lifecycles"', '"lifecycle"'),
      mlBom(createFacts()).replace('"confidenceInterval": {', '"confidenceInterval": { "level": "0.95",'),
    ];
    const script = join(import.meta.dirname, "validate-boms.py");
    const answers = JSON.parse(execFileSync(python, [script], { encoding: "utf8", input: JSON.stringify([...good, ...bad]) }));
    expect(answers.slice(0, good.length)).toEqual(good.map(() => "valid"));
    expect(answers.slice(good.length)).toEqual(bad.map(() => expect.stringContaining("Additional properties are not allowed")));
  });
});
