import { describe, expect, it } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import type { Evidence } from "../../../src/evidence/evidence.ts";
import { modelCard } from "../../../src/release/card/model-card.ts";
import { noStatements, parseStatements } from "../../../src/release/card/statements.ts";
import { mlBom } from "../../../src/release/ml-bom.ts";
import type { ReleaseFacts } from "../../../src/release/release-facts.ts";
import { papersEdition, parseReleaseRecord, writeReleaseRecord } from "../../../src/release/release-record.ts";
import { checkRendered } from "../../../src/release/verification/check-rendered.ts";
import { hostileText } from "../../report/hostile.ts";
import { createFacts } from "../create-facts.ts";
import { hostileFacts } from "../hostile-facts.ts";
import { evidenceOf, tagObject } from "../shipped-folder.ts";

const papersOf = (facts: ReleaseFacts) => ({ card: modelCard(facts), bom: mlBom(facts) });
const recordOf = (facts: ReleaseFacts) =>
  parseReleaseRecord(writeReleaseRecord(facts, tagObject(facts.version, facts.commit), facts.approvals[0]?.pullRequest));
const asRead = (evidence: Evidence): Evidence => JSON.parse(JSON.stringify(evidence));

const sealed = (facts: Partial<ReleaseFacts> = {}) => createFacts({ evidence: evidenceOf(), ...facts });
const hostile = hostileFacts();
const statements = parseStatements(
  `---\nlicense: ${JSON.stringify(hostileText.slice(0, 200))}\nlanguage: [no, "1:30"]\n---\n# Uses\n## Decision\n\n### Approvals\n`,
);

describe("papers are held against what is written of evidence and record", () => {
  it.each([
    ["with all that a release can have", sealed()],
    ["of which nobody states anything", sealed({ statements: noStatements })],
    ["without approval, stage and earlier version", sealed({ approvals: [], predecessor: undefined, stage: undefined })],
    ["with a format that was overridden", sealed({ formatOverride: { paths: ["a.pkl", "b.pkl"], reason: hostileText } })],
    ["judged by gates with hostile names", sealed({ verdict: { ...hostile.verdict, outcome: "pass" } })],
    ["whose team's own words are hostile", sealed({ statements })],
    ["of another server", sealed({ serverUrl: "https://git.acme.example/github" })],
  ])("of a release %s", (_, facts) => {
    expect(checkRendered(papersOf(facts), recordOf(facts), asRead(facts.evidence))).toBeUndefined();
  });

  it("and what hides beside what people state is found", () => {
    const facts = sealed();
    const papers = papersOf(facts);
    const hidden = papers.bom.replace('"modelCard": {', '"considerations": {"users": ["everybody"]},\n      "modelCard": {');
    expect(checkRendered({ ...papers, bom: hidden }, recordOf(facts), facts.evidence)).toMatch(/^ml-bom\.cdx\.json says /);
  });
});

it("counts an edition of the papers for each change of their words", () => {
  const { card, bom } = papersOf(createFacts({ statements: noStatements }));
  // Where this fails, raise papersEdition, and add its line: releases that were written before are not held against new words then.
  expect({ [papersEdition]: digestOf(card + bom) }).toEqual({
    1: "sha256:f0882ffbe25993f40a1554fdc5f486942e01b1a7baac8b26d267702d0d48fa68",
  });
});
