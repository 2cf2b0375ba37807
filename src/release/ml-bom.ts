import type { Json } from "../evidence/digest.ts";
import type { Input, MetricResult } from "../evidence/evidence.ts";
import { safeAddress, visible } from "../markdown/escape.ts";
import { phraseToText } from "../markdown/phrase.ts";
import { whoBrokeGlass } from "../registry/break-glass.ts";
import { sliceName } from "../report/slice-name.ts";
import { assetName } from "./asset-names.ts";
import { taskName } from "./card/card-metadata.ts";
import type { Metadata, Statements } from "./card/statements.ts";
import { currentEvaluation, type ReleaseFacts, runUrl, shippedModel } from "./release-facts.ts";
import { uuidOfUrl } from "./uuid.ts";

const maxText = 4_096;

/** The bill of materials of a release: CycloneDX 1.6 in JSON, of facts alone; what people state is in it where they did. */
export function mlBom(facts: ReleaseFacts): string {
  const { serverUrl, repository, version, evidence } = facts;
  const model = shippedModel(evidence);
  const place = `${serverUrl}/${repository}/releases/tag/${evidence.model}@${version}/${model?.digest ?? "no model"}`;
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOfUrl(place)}`,
    version: 1,
    metadata: {
      timestamp: evidence.seal?.sealedAt,
      lifecycles: [{ phase: "post-build" }],
      tools: { components: [{ type: "application", name: "Assay" }] },
      component: component(facts),
    },
  } satisfies Json;
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function component(facts: ReleaseFacts): Json {
  const { serverUrl, repository, version, evidence, predecessor, statements } = facts;
  const { commit } = evidence.source;
  const web = `${serverUrl}/${repository}`;
  const files = shippedModel(evidence)?.files ?? [];
  const [only, another] = files;
  const run = runUrl(facts);
  const name = visible(evidence.model, maxText);
  return {
    type: "machine-learning-model",
    "bom-ref": "model",
    name,
    version: visible(version, maxText),
    hashes: only && another === undefined ? hashes(only.digest) : undefined,
    licenses: licenses(statements.metadata),
    pedigree: {
      ancestors: predecessor && [
        { type: "machine-learning-model", "bom-ref": "predecessor", name, version: visible(predecessor.version, maxText) },
      ],
      commits: [{ uid: commit, url: `${web}/commit/${commit}` }],
    },
    externalReferences: [{ type: "vcs", url: web }, ...(run === undefined ? [] : [{ type: "build-meta", url: run }])],
    components: files.map(({ path, digest, bytes }, index) => ({
      type: "file",
      "bom-ref": `file-${index + 1}`,
      name: visible(path, maxText),
      hashes: hashes(digest),
      properties: bytes === 0 || assetName(path) === path ? undefined : [property("release-asset", assetName(path))],
    })),
    modelCard: modelCardOf(facts),
    properties: properties(facts),
  };
}

function hashes(digest: string): Json {
  return [{ alg: "SHA-256", content: digest.replace(/^sha256:/, "") }];
}

function licenses({ license, license_name: name, license_link: link }: Metadata): Json | undefined {
  const called = name ?? license;
  if (called === undefined) return undefined;
  return [{ license: { name: visible(called, maxText), url: link === undefined ? undefined : safeAddress(link) } }];
}

function modelCardOf({ evidence, statements }: ReleaseFacts): Json {
  const evaluation = currentEvaluation(evidence);
  const rows = new Map(evidence.data?.tables.map((table) => [table.path, table.rows]));
  const data = evidence.inputs
    .filter(({ kind }) => kind === "data")
    .map((input) => dataset(input, "training", rows.get(input.name)));
  const test = evaluation && { name: evaluation.testSet.path, id: evaluation.testSet.digest };
  const slices = evaluation?.slices?.filter(({ tooSmall }) => !tooSmall) ?? [];
  return {
    modelParameters: {
      task: taskName(evidence.task).toLowerCase(),
      datasets: [...data, ...(test ? [dataset(test, "test", evaluation.testSet.rows)] : [])],
    },
    quantitativeAnalysis: {
      performanceMetrics: [
        ...(evaluation?.candidate?.metrics ?? []).flatMap((metric) => performance(metric)),
        ...slices.flatMap((slice) => slice.metrics.flatMap((metric) => performance(metric, phraseToText(sliceName(slice))))),
      ],
    },
    considerations: considerations(statements),
  };
}

function dataset({ name, id }: Pick<Input, "name" | "id">, use: "training" | "test", rows: number | undefined): Json {
  return {
    type: "dataset",
    name: visible(name, maxText),
    contents: {
      properties: [
        property("use", use),
        property("content-id", id),
        ...(rows === undefined ? [] : [property("rows", String(rows))]),
      ],
    },
  };
}

/** None for a metric that has no value. */
function performance({ metric, value, interval }: MetricResult, slice?: string): Json[] {
  if (value === null) return [];
  return [
    {
      type: visible(metric, maxText),
      value: String(value),
      slice,
      confidenceInterval: interval && { lowerBound: String(interval.low), upperBound: String(interval.high) },
    },
  ];
}

/** Undefined where nobody stated any. */
function considerations({ stated }: Statements): Json | undefined {
  const { users, use, outOfScope, limitations, risks } = stated;
  const limits = [limitations, outOfScope && `Out-of-scope use: ${outOfScope}`].filter((text) => text !== undefined);
  if (users === undefined && use === undefined && limits.length === 0 && risks === undefined) return undefined;
  return {
    users: users === undefined ? undefined : [users],
    useCases: use === undefined ? undefined : [use],
    technicalLimitations: limits.length === 0 ? undefined : limits,
    ethicalConsiderations: risks === undefined ? undefined : [{ name: risks }],
  };
}

function properties({ evidence, verdict, trust, commit, approvals, formatOverride, breakGlass, stage }: ReleaseFacts): Json {
  const model = shippedModel(evidence);
  const gpuHours = evidence.trainings.flatMap(({ gpus }) => gpus?.hours ?? []);
  const ofKind = (...kinds: readonly Input["kind"][]) => evidence.inputs.filter(({ kind }) => kinds.includes(kind));
  return [
    ...(model ? [property("model-digest", model.digest), property("model-format", model.format)] : []),
    property("input-hash", evidence.inputHash),
    ...(evidence.seal ? [property("result-digest", evidence.seal.resultDigest)] : []),
    property("tagged-commit", commit),
    ...(stage === undefined ? [] : [property("stage", stage)]),
    property("trust", trust),
    property("verdict", verdict.outcome),
    ...approvals.map(({ by, headSha, at }) => property("approval", `${by} on ${headSha} at ${at}`)),
    ...(formatOverride ? [property("format-override", `${formatOverride.paths.join(", ")}: ${formatOverride.reason}`)] : []),
    ...(breakGlass ? [property("break-glass", whoBrokeGlass(breakGlass))] : []),
    ...ofKind("param", "seed", "environment", "command", "backend").map(({ kind, name, id }) =>
      property(kind, name === "" ? id : `${name}: ${id}`),
    ),
    ...(gpuHours.length === 0 ? [] : [property("gpu-hours", String(gpuHours.reduce((sum, hours) => sum + hours, 0)))]),
  ];
}

function property(name: string, value: string): { name: string; value: string } {
  return { name: `assay:${name}`, value: visible(value, maxText) };
}
