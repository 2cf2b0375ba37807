import { expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { decideRetention, filesNamedIn, type NamedFiles, type Needed } from "../../src/model-store/decide-retention.ts";

const [file, other] = [digestOf("file"), digestOf("other")];
const now = new Date("2026-07-01T00:00:00Z");
const stored = (storedAt: string) => [{ digest: file, bytes: 1, storedAt }];
const record = (inputs: string, more: Partial<NamedFiles> = {}): NamedFiles => ({
  ...{ model: "fraud", inputHash: digestOf(inputs), resultDigest: digestOf(`result of ${inputs}`) },
  ...{ sealedAt: "2026-01-01T00:00:00Z", digests: new Set([file]), ...more },
});
const newer = record("newer", { sealedAt: "2026-06-01T00:00:00Z", digests: new Set([other]) });
const nothing: Needed = { released: new Set(), shipped: new Set(), inUse: new Map() };

const decide = (records: readonly NamedFiles[], needed: Partial<Needed> = {}, storedAt = "2026-01-01T00:00:00Z") => {
  const { goes, stays } = decideRetention(stored(storedAt), records, { ...nothing, ...needed }, { storeDays: 90, now });
  return goes[0] ? `goes: ${goes[0].why}` : `stays: ${stays[0]?.why}`;
};

it.each<[string, string]>([
  [decide([record("old"), newer]), `goes: of fraud ${digestOf("old").slice(7, 19)}, which is no baseline now`],
  [decide([newer]), "goes: in no record"],
  [decide([]), "goes: in no record"],
  [decide([record("old"), newer], {}, "2026-04-02T00:00:01Z"), "stays: younger than 90 days"],
  [
    decide([record("old"), newer], {}, "2026-04-02T00:00:00Z"),
    `goes: of fraud ${digestOf("old").slice(7, 19)}, which is no baseline now`,
  ],
  [decide([record("old"), newer], {}, "at some time"), "stays: younger than 90 days"],
  [decide([record("old"), newer], { shipped: new Set([file]) }), "stays: a release has it"],
  [decide([], { shipped: new Set([file]) }), "stays: a release has it"],
  [
    decide([record("old"), newer], { released: new Set([digestOf("result of old")]) }),
    "stays: a release of fraud is of this result",
  ],
  [
    decide([record("old"), newer], { inUse: new Map([[digestOf("old"), "the baseline of fraud on main"]]) }),
    "stays: the baseline of fraud on main",
  ],
  [decide([record("old")]), "stays: the newest record of fraud names it"],
  [decide([record("old"), newer, record("shared", { model: "churn" })]), "stays: the newest record of churn names it"],
  [decide([newer, filesNamedIn(`not evidence: "${file}"`)]), "stays: a record that cannot be read names it"],
])("%s", (decided, expected) => {
  expect(decided).toBe(expected);
});
