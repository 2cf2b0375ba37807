import * as z from "zod/mini";
import type { Evidence } from "../../evidence/evidence.ts";
import { isDeeperThan } from "../../evidence/json-depth.ts";
import { duplicateKey } from "../../evidence/json-duplicates.ts";
import { visible } from "../../markdown/escape.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import { currentEvaluation, shippedModel } from "../release-facts.ts";
import type { ReleaseRecord } from "../release-record.ts";
import { firstWrong } from "./first-wrong.ts";

const text = z.string().check(z.maxLength(10_000));
const hashes = z.array(z.object({ alg: text, content: text }));
const bomSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  metadata: z.object({
    component: z.object({
      type: z.literal("machine-learning-model"),
      name: text,
      version: text,
      components: z.array(z.object({ name: text, hashes })).check(z.maxLength(10_000)),
      modelCard: z.object({
        quantitativeAnalysis: z.object({
          performanceMetrics: z
            .array(z.object({ type: text, value: text, slice: z.optional(text) }))
            .check(z.maxLength(1_000_000)),
        }),
      }),
      properties: z.array(z.object({ name: text, value: text })).check(z.maxLength(200_000)),
    }),
  }),
});

const maxText = 4_096;

/** Whether the bill of materials is of this version, model and decision. @returns what is wrong first */
export function checkBom(json: string, record: ReleaseRecord, evidence: Evidence): string | undefined {
  const parsed = bomSchema.safeParse(isDeeperThan(json, 64) ? undefined : parseJson(json));
  if (!parsed.success) return "ml-bom.cdx.json is not a bill of materials of a model as CycloneDX has it.";
  const twice = duplicateKey(json);
  if (twice !== undefined) return `ml-bom.cdx.json has the key ${visible(twice, 100)} twice in one object.`;
  const { name, version, components, modelCard, properties } = parsed.data.metadata.component;
  const valuesOf = (property: string) =>
    properties.filter((found) => found.name === `assay:${property}`).map(({ value }) => value);
  const same =
    (what: string, here: string, there: string, from = "release.json") =>
    () =>
      here === there
        ? undefined
        : `ml-bom.cdx.json has ${what} ${visible(here || "none", 100)}, ${from} has ${visible(there || "none", 100)}.`;
  const property = (what: string, called: string, there: readonly string[]) =>
    same(what, list(valuesOf(called)), list(there.map((value) => visible(value, maxText))));
  const files = shippedModel(evidence)?.files ?? [];
  const metrics = currentEvaluation(evidence)?.candidate?.metrics ?? [];
  return firstWrong([
    same("model", name, visible(record.model, maxText)),
    same("version", version, visible(record.version, maxText)),
    property("model digest", "model-digest", [record.modelDigest]),
    same(
      "files",
      list(components.map((file) => `${file.name} ${file.hashes.map(({ alg, content }) => `${alg}:${content}`).join(" ")}`)),
      list(files.map(({ path, digest }) => `${visible(path, maxText)} SHA-256:${digest.slice("sha256:".length)}`)),
      "evidence.json",
    ),
    property("inputs", "input-hash", [record.inputHash]),
    property("result", "result-digest", [record.resultDigest]),
    property("commit", "tagged-commit", [record.tag.commit]),
    property("stage", "stage", record.stage === undefined ? [] : [record.stage]),
    property("verdict", "verdict", [record.verdict]),
    property("break-glass", "break-glass", record.breakGlass ? [whoBrokeGlass(record.breakGlass)] : []),
    property("trust", "trust", [record.trust]),
    property(
      "approvals",
      "approval",
      record.approvals.map(({ by, headSha, at }) => `${by} on ${headSha} at ${at}`),
    ),
    property(
      "format override",
      "format-override",
      record.formatOverride ? [`${record.formatOverride.paths.join(", ")}: ${record.formatOverride.reason}`] : [],
    ),
    same(
      "metrics",
      list(
        modelCard.quantitativeAnalysis.performanceMetrics.flatMap(({ type, value, slice }) =>
          slice === undefined ? [`${type} ${value}`] : [],
        ),
      ),
      list(metrics.flatMap(({ metric, value }) => (value === null ? [] : [`${visible(metric, maxText)} ${value}`]))),
      "evidence.json",
    ),
  ]);
}

function list(values: readonly string[]): string {
  return values.join(", ");
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
