import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { handlers } from "../../../bot/handlers/handlers.ts";
import { requestSchema } from "../../../bot/request.ts";
import { subjectSchema } from "../../../bot/subject.ts";
import { UsageError } from "../../../src/errors/errors.ts";
import { parsePlan } from "../../../src/plan/parse-plan.ts";
import { payloads } from "../../fixtures/hostile/payloads.ts";
import { createPlannedModel } from "../../report/create-report.ts";
import { hostileValue, mutated } from "./mutated.ts";

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
          hostileValue.map((other) => JSON.stringify(other)),
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
