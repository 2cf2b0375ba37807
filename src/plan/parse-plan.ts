import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { digest } from "../evidence/digest-schema.ts";
import { inputSchema } from "../evidence/evidence.ts";
import { visible } from "../markdown/escape.ts";
import { maxSeeds } from "../spec/seeds.ts";
import type { Plan, PlannedTraining } from "./plan.ts";

const maxBytes = 64 * 1024 * 1024;

const text = (max = 1_000) => z.string().check(z.maxLength(max));
const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
const because = z.array(text(10_000)).check(z.maxLength(100));
const decision = z.enum(["train", "reuse", "skip"]);

const runRef = z.strictObject({
  kind: z.enum(["artifact", "store"]),
  inputHash: digest,
  runId: z.optional(z.int().check(z.gte(1))),
  artifactId: z.optional(z.int().check(z.gte(1))),
  artifactName: z.optional(text()),
  origin: text(),
});

const decided = {
  decision,
  because,
  run: z.optional(runRef),
  checkpoints: z.optional(z.array(z.strictObject({ run: runRef, refused: z.optional(text(10_000)) })).check(z.maxLength(100))),
};
const namesItsRun = z.refine<Pick<PlannedTraining, "decision" | "run">>(
  ({ decision: what, run }) => what !== "reuse" || run !== undefined,
  "`reuse` names no run",
);

const plannedRun = z
  .strictObject({
    commit: sha,
    inputHash: digest,
    inputs: z.array(inputSchema).check(z.maxLength(100_000)),
    scoring: digest,
    testSet: z.optional(text(4_096)),
    ...decided,
    points: z.optional(
      z.array(z.strictObject({ inputHash: digest, ...decided }).check(namesItsRun)).check(z.minLength(1), z.maxLength(100)),
    ),
  })
  .check(namesItsRun);

const planSchema = z.strictObject({
  schema: z.literal("assay.plan/v1"),
  commit: sha,
  base: z.nullable(sha),
  event: z.enum(["pull_request", "push", "manual"]),
  pullRequest: z.optional(z.int().check(z.gte(1))),
  headSha: z.optional(sha),
  writer: z.optional(z.literal("app")),
  models: z
    .array(
      z.strictObject({
        model: text(200),
        candidate: plannedRun,
        baseline: z.optional(plannedRun),
        evaluate: z.boolean(),
        evaluateBecause: because,
        testSetChanged: z.boolean(),
        runner: z.array(text(200)).check(z.maxLength(100)),
        engine: z.optional(z.literal("ray")),
        timeoutMinutes: z.number().check(z.positive(), z.lte(1_000_000)),
        seeds: z.optional(z.int().check(z.gte(1), z.lte(maxSeeds))),
        withheld: z.optional(text(10_000)),
        waitsFor: z.optional(z.union([z.literal("ready"), z.strictObject({ label: text() })])),
      }),
    )
    .check(z.maxLength(1_000)),
});

/**
 * Reads a plan that another job wrote.
 * @param source where it comes from, for messages
 * @throws UsageError when it is not one
 */
export function parsePlan(json: string, source: string): Plan {
  const wrong = (what: string) =>
    new UsageError(
      `${source} is not a plan of Assay: ${what}. Pass on the plan action's output \`plan\` unchanged, of the same version.`,
    );
  if (json.length > maxBytes) throw wrong(`it has more than ${maxBytes} characters`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw wrong(json.trim() === "" ? "it is empty" : "it is not JSON");
  }
  const parsed = planSchema.safeParse(value, english);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(`${issue?.path.join(".") || "the document"}: ${visible(issue?.message ?? "not what was expected", 300)}`);
}
