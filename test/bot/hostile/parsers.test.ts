import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { handlers } from "../../../bot/handlers/handlers.ts";
import { requestSchema } from "../../../bot/request.ts";
import { subjectSchema } from "../../../bot/subject.ts";
import { UsageError } from "../../../src/errors/errors.ts";
import { parsePlan } from "../../../src/plan/parse-plan.ts";
import { payloads } from "../../fixtures/hostile/payloads.ts";
import { hostileTexts } from "../../fixtures/hostile/texts.ts";
import { createPlannedModel } from "../../report/create-report.ts";

const sha = "a".repeat(40);
const plan = {
  schema: "assay.plan/v1",
  commit: sha,
  base: sha,
  event: "pull_request",
  pullRequest: 3,
  headSha: sha,
  models: [createPlannedModel("fraud")],
};
const context = { guid: "guid", receivedAt: new Date("2026-01-01T00:00:00Z"), appId: 99 };

/** What JSON can hold, hostile texts and keys of every object among it. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(...Object.values(hostileTexts).map((text) => text.slice(0, 500))),
  fc.constantFrom<unknown>(-1, 0, 1e308, 2 ** 53, "3", null, [], {}, { __proto__: null }),
);

/** A document with something else at one of its places, or with another key. */
function mutated(document: object): fc.Arbitrary<string> {
  const paths: (readonly string[])[] = [];
  const walk = (at: unknown, path: readonly string[]) => {
    paths.push(path);
    if (typeof at === "object" && at !== null) for (const [key, inner] of Object.entries(at)) walk(inner, [...path, key]);
  };
  walk(document, []);
  return fc
    .tuple(fc.constantFrom(...paths), value, fc.option(fc.constantFrom("__proto__", "constructor", "toString", "x")))
    .map(([path, other, key]) => JSON.stringify(put(document, key === null ? path : [...path, key], other)));
}

function put(at: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof at !== "object" || at === null) return at;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(at) ? [...at] : { ...at };
  const inner = Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  Object.defineProperty(copy, key, { value: put(inner, rest, other), enumerable: true, configurable: true, writable: true });
  return copy;
}

describe("whatever comes in", () => {
  it.each(Object.entries(payloads))(
    "a payload of %s names a subject and a request that can be kept, or is refused",
    (event, payload) => {
      fc.assert(
        fc.property(mutated(payload), (text) => {
          try {
            const heard = handlers[event]?.(JSON.parse(text), context);
            if (heard === undefined) return;
            expect(subjectSchema.parse(JSON.parse(JSON.stringify(heard.subject)))).toEqual(heard.subject);
            if (heard.request) expect(requestSchema.parse(JSON.parse(JSON.stringify(heard.request)))).toEqual(heard.request);
          } catch (error) {
            expect(error).toBeInstanceOf(z.core.$ZodError);
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  it("a plan is read as it is printed, or refused in a few words", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          mutated(plan),
          value.map((other) => JSON.stringify(other)),
          fc.string(),
        ),
        (text) => {
          try {
            const parsed = parsePlan(text, "assay-plan.json");
            expect(parsePlan(JSON.stringify(parsed), "assay-plan.json")).toEqual(parsed);
            expect(JSON.parse(text)).toEqual(parsed);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
            expect(String(error).length).toBeLessThan(2_000);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
