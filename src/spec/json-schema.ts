import * as z from "zod/mini";
import { metricFacts, metricNames } from "./metric-names.ts";
import { modelSchema, specSchema } from "./schema.ts";
import type { Task } from "./spec.ts";

/**
 * The JSON Schema of `assay.yml`, with which editors complete and explain it. Draft 7, which all of them read. It refuses what
 * `parseSpec` refuses for shape and for what a task needs; most rules between distant keys are beyond it.
 */
export function specJsonSchema(): object {
  return z.toJSONSchema(specSchema, {
    target: "draft-7",
    io: "input",
    reused: "inline",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === modelSchema) jsonSchema.allOf = [...computed.map(taskRule), scoredRule];
    },
  });
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const computed: readonly Task[] = ["binary", "multiclass", "multilabel", "regression"];

/** Tasks whose metrics Assay computes from a truth. */
function taskRule(task: Task): JsonSchema {
  const gates = { type: "array", items: has({ metric: metricsOf(task, false) }) } as const;
  const absent = [...(task === "binary" ? [] : ["positive"]), ...(task === "regression" ? ["classes"] : []), "lower-is-better"];
  return {
    if: has({ task: { const: task } }, "task"),
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: has({
      gates,
      evaluate: {
        ...has({ metrics: { type: "array", items: metricsOf(task, true) }, primary: metricsOf(task, false) }, "target"),
        ...without(absent),
      },
    }),
  };
}

const scoredRule: JsonSchema = {
  if: has({ task: { const: "scored" } }, "task"),
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: has({
    gates: { type: "array", items: has({ metric: { type: "string" } }) },
    evaluate: {
      ...has({ metrics: { type: "array", items: { type: "string" } }, primary: { type: "string" } }, "metrics", "predict"),
      ...without(["target", "positive", "classes"]),
    },
  }),
};

/** @param complete whether an argument has to be there */
function metricsOf(task: Task, complete: boolean): JsonSchema {
  const arguments_ = metricNames(task).flatMap((name) => {
    const { argument } = metricFacts[name];
    return argument === undefined ? [] : [{ name, argument }];
  });
  const bare = metricNames(task).filter(
    (name) => !complete || !arguments_.some((one) => one.name === name && one.argument.default === undefined),
  );
  if (arguments_.length === 0) return { enum: [...bare] };
  const properties = arguments_.map(({ name, argument: { meaning, least, most, whole } }) => [
    name,
    { type: whole ? "integer" : "number", minimum: least, maximum: most, description: `The ${meaning}.` },
  ]);
  return {
    anyOf: [
      { enum: [...bare] },
      { type: "string", pattern: `^(${arguments_.map(({ name }) => name).join("|")})=.` },
      {
        type: "object",
        properties: Object.fromEntries(properties),
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
    ],
  };
}

function has(properties: Record<string, JsonSchema>, ...required: string[]): JsonSchema {
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

function without(keys: readonly string[]): JsonSchema {
  return { not: { anyOf: keys.map((key) => ({ required: [key] })) } };
}
