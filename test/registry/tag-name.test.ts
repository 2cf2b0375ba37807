import fc from "fast-check";
import { expect, it } from "vitest";
import { formatTagName, isModelName, nextCounter, parseTagName, type TagName } from "../../src/registry/tag-name.ts";
import { isStageName } from "../../src/spec/stage-name.ts";

it.each([
  ["fraud@v1.2.3", { model: "fraud", action: "register", version: "v1.2.3" }],
  ["fraud@v1.2.3!", { model: "fraud", action: "deregister", version: "v1.2.3" }],
  ["models=fraud@v1.0.0-rc.1+b.2", { model: "models:fraud", action: "register", version: "v1.0.0-rc.1+b.2" }],
  ["fraud#prod#4", { model: "fraud", action: "assign", stage: "prod", counter: "4" }],
  ["fraud/eu#prod/blue!#05", { model: "fraud/eu", action: "unassign", stage: "prod/blue", counter: "05" }],
  ["fraud@deprecated#6", { model: "fraud", action: "deprecate", counter: "6" }],
])("reads %s", (tag, expected) => {
  expect(parseTagName(tag)).toEqual(expected);
});

it.each([
  ...[
    "v1.2.3",
    "fraud",
    "fraud@1.2.3",
    "fraud@v1.2",
    "fraud@v01.2.3",
    "fraud@v1.2.3#",
    "fraud@v1.2.3!!",
    "-fraud@v1.2.3",
    "fraud-@v1.2.3",
  ],
  ...[
    "fraud#prod#4#5",
    "fraud#",
    "fraud##4",
    "a=b=c@v1.0.0",
    "fraud@deprecated!",
    "fraud@created",
    "fraud@v1.2.3\n",
    "fräud@v1.2.3",
    "",
  ],
])("takes none of a model: %j", (tag) => {
  expect(parseTagName(tag)).toBeUndefined();
});

it("takes a name that is too long for git for none of a model, at once", () => {
  expect(parseTagName(`${"a".repeat(2_000)}@v1.0.0`)).toBeUndefined();
  expect(parseTagName("a/".repeat(100_000))).toBeUndefined();
});

const models = fc.stringMatching(/^([a-z./]{1,5}:)?[a-zA-Z0-9]([a-z/_-]{0,5}[0-9])?$/);
const tags: fc.Arbitrary<TagName> = fc
  .tuple(models, fc.option(fc.bigInt({ min: 0n, max: 10n ** 30n })), fc.constantFrom("v0.0.1", "v10.2.3-a.1+x"), fc.boolean())
  .chain(([model, count, version, undo]) => {
    const of = { model, ...(count === null ? {} : { counter: String(count) }) };
    return fc.constantFrom<TagName>(
      { ...of, action: undo ? "deregister" : "register", version },
      { ...of, action: undo ? "unassign" : "assign", stage: "prod/eu" },
      { ...of, action: "deprecate" },
    );
  });

it("reads what it writes", () => {
  fc.assert(
    fc.property(tags, (tag) => {
      expect(parseTagName(formatTagName(tag))).toEqual(tag);
    }),
  );
});

it("counts on from the highest of a model's tags, whatever they do", () => {
  const tags = ["fraud@v1.0.0", "fraud#prod#9", "fraud#dev!#10", "fraud@deprecated#2", "churn#prod#99", "fraud#prod"];
  expect(nextCounter(tags, "fraud")).toBe("11");
  expect(nextCounter(tags, "price")).toBe("1");
  expect(nextCounter(["m#p#99999999999999999999"], "m")).toBe("100000000000000000000");
});

it("knows names of models and stages", () => {
  expect(["fraud", "models:fraud", "a/b_c-1", "./m:x"].filter((name) => !isModelName(name))).toEqual([]);
  expect(["", "fraud!", "a:b:c", "-a", "a b", "a.b"].filter(isModelName)).toEqual([]);
  expect(["prod", "prod/eu"].filter((name) => !isStageName(name))).toEqual([]);
  expect(["", "prod#1", "a:b", "prod!"].filter(isStageName)).toEqual([]);
});
