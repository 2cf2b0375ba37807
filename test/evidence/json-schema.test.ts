import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { evidenceJsonSchema } from "../../src/evidence/json-schema.ts";
import { sampleEvidence, sealedEvidence } from "./sample-evidence.ts";

describe("the evidence's JSON Schema", () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(evidenceJsonSchema());

  it("accepts what Assay writes", () => {
    validate(sealedEvidence());
    expect(validate.errors).toBeNull();
  });

  it("refuses what Assay refuses", () => {
    expect(validate({ ...sampleEvidence(), trust: "protected" })).toBe(false);
    expect(validate({ ...sampleEvidence(), schema: "assay.evidence/v2" })).toBe(false);
    expect(validate({ ...sampleEvidence(), inputHash: "sha256:abc" })).toBe(false);
  });
});
