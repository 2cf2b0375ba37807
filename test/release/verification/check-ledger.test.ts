import { expect, it } from "vitest";
import { digestOf } from "../../../src/evidence/digest.ts";
import { checkLedger, type LedgerFacts, type LedgerFile } from "../../../src/release/verification/check-ledger.ts";

const by = (author: string, verified = true): Pick<LedgerFile, "commits"> => ({ commits: [{ author, verified }] });
const ours = by("assay-acme[bot]");

interface Recorded {
  app?: string | undefined;
  approval?: Pick<LedgerFile, "commits">;
  promotion?: Pick<LedgerFile, "commits">;
}

function check(recorded: Recorded = {}) {
  const { app, approval, promotion } = { app: "assay-acme", approval: ours, promotion: ours, ...recorded };
  const sums = digestOf("sums");
  const facts: LedgerFacts = {
    ...{ branch: "assay-ledger", app, lost: undefined, sums, tag: "fraud@v1.2.0" },
    decisions: [{ path: "approvals/7/fraud/a.json", ...approval, by: "owner", did: "approved" }],
    promotions: [{ path: "promotions/fraud/staging-1.json", ...promotion, stage: "staging", sums }],
  };
  return checkLedger(facts);
}

const said = "approvals/7/fraud/a.json on branch assay-ledger says that @owner approved, and ";

it("believes what the app recorded that assay.yml names", () => {
  expect(check()).toEqual({ notProof: [] });
});

it("names a decision that another app recorded", () => {
  expect(check({ approval: by("renovate[bot]") })).toEqual({
    wrong: `${said}renovate[bot] recorded it, where assay.yml names assay-acme as the app.`,
  });
});

it.each([
  ["a person", by("assay-acme")],
  ["somebody in the app's name", by("assay-acme[bot]", false)],
  ["a workflow", by("github-actions[bot]")],
  ["the app, and somebody who changed it", { commits: [...ours.commits, ...by("mallory").commits] }],
])("names a decision that was pushed by %s", (_, approval) => {
  for (const app of ["assay-acme", undefined])
    expect(check({ app, approval })).toEqual({ wrong: `${said}no app recorded it: somebody pushed it.` });
});

it("takes nobody's records for proof where assay.yml names no app", () => {
  const why = "assay-acme[bot] recorded it, and assay.yml names no `app` whose records count.";
  expect(check({ app: undefined, promotion: by("github-actions[bot]") })).toEqual({
    notProof: [
      `approvals/7/fraud/a.json on branch assay-ledger: ${why}`,
      "promotions/fraud/staging-1.json on branch assay-ledger: no app recorded it, and anybody who can push can write there.",
    ],
  });
});
