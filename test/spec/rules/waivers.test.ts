import { expect, it } from "vitest";
import { command, onlyModel, told } from "../assay-yml.ts";

const waived = (...waivers: string[]) => `${command}    waivers:\n${waivers.map((waiver) => `      - ${waiver}\n`).join("")}`;
const good = '{gate: accuracy.no-worse-than, by: "@acme/risk", reason: New labels since May., until: 2026-12-31}';

it("is read, with its reason as one line", () => {
  const folded =
    'gate: accuracy.no-worse-than\n        by: "@octocat"\n        until: "2028-02-29"\n        reason: |\n          New\n          labels.\n';
  const expected = { gate: "accuracy.no-worse-than", by: "@acme/risk", reason: "New labels since May.", until: "2026-12-31" };
  expect(onlyModel(waived(good)).waivers).toEqual([expected]);
  expect(onlyModel(waived(folded)).waivers).toEqual([
    { ...expected, by: "@octocat", reason: "New labels.", until: "2028-02-29" },
  ]);
  expect(onlyModel(command).waivers).toEqual([]);
});

it("may have its day as a date of YAML 1.1", () => {
  expect(onlyModel(`%YAML 1.1\n---\n${waived(good)}`).waivers).toMatchObject([{ until: "2026-12-31" }]);
});

it("names a gate with a slice or a number", () => {
  const text = command
    .replace("data: data/test", "slices: [country]\n      data: data/test")
    .concat("      - {metric: {recall_at_fpr: 0.01}, slice: {country: BR}, at-least: 0.5}\n")
    .concat(
      '    waivers:\n      - {gate: "recall_at_fpr=0.01[country=BR].at-least", by: "@octocat", reason: why, until: 2026-12-31}\n',
    );
  expect(onlyModel(text).waivers).toHaveLength(1);
});

it("may name one slice of a gate on all of them", () => {
  const text = (gate: string) =>
    command
      .replace("data: data/test", "slices: [country]\n      data: data/test")
      .concat("      - {metric: recall, slice: country, no-worse-than: 0.1}\n")
      .concat(`    waivers:\n      - {gate: "${gate}", by: "@octocat", reason: why, until: 2026-12-31}\n`);
  expect(told(text("recall[country=BR].no-worse-than"))).toEqual([]);
  expect(told(text("recall[country].no-worse-than"))).toEqual([]);
  expect(told(text("recall[country=BR].at-least"))).toEqual([expect.stringMatching(/is not a gate of this model/)]);
  expect(told(text("accuracy[country=BR].no-worse-than"))).toEqual([expect.stringMatching(/is not a gate of this model/)]);
});

it.each([
  [
    good.replace("no-worse", "no-wrose"),
    '16:16 "accuracy.no-wrose-than" is not a gate of this model. Did you mean accuracy.no-worse-than?',
  ],
  [
    good.replace("accuracy.no-worse-than", "roc_auc.at-least"),
    /^16:16 "roc_auc\.at-least" is not a gate of this model\. Write one of accuracy\.no-worse-than\./,
  ],
  [good.replace("2026-12-31", "2026-02-30"), '16:96 "2026-02-30" is not a day. Write it as year, month and day: 2026-12-31.'],
  [good.replace("2026-12-31", "31.12.2026"), /^16:96 "31\.12\.2026" is not a day/],
  [good.replace(", until: 2026-12-31", ""), /^16:9 until is missing; it has to be a day/],
  [
    good.replace("reason: New labels since May., ", ""),
    /^16:9 reason is missing; it has to be a reason\. Say in a sentence or two/,
  ],
  [good.replace("New labels since May.", '" "'), /^16:\d+ " " is not a reason/],
  [good.replace('by: "@acme/risk", ', ""), /^16:9 by is missing; it has to be a GitHub login or team/],
  [good.replace('"@acme/risk"', "risk"), /^16:44 "risk" is not a GitHub login or team/],
])("is told what is wrong: %#", (waiver, expected) => {
  expect(told(waived(waiver))).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
});

it("is there once a gate", () => {
  expect(told(waived(good, good))).toEqual([
    "17:16 There is already a waiver of accuracy.no-worse-than on line 16. Keep one of them.",
  ]);
});

it("needs a gate", () => {
  const text = waived(good).replace("    gates:\n      - {metric: accuracy, no-worse-than: 0.01}\n", "");
  expect(told(text)).toEqual([
    expect.stringMatching(/^14:16 .* is not a gate of this model\. The model has no gate; remove it\./),
  ]);
});
