import fc from "fast-check";
import { expect, it } from "vitest";
import { parse, parseDocument, stringify } from "yaml";
import { replaceParams } from "../../src/spec/replace-params.ts";
import type { GridValue } from "../../src/spec/spec.ts";

const position = { file: "assay.yml", line: 1, column: 1 };
const value = (key: string, to: GridValue) => ({ file: "p", key, value: to, name: key, position });
const replaced = (text: string, ...values: ReturnType<typeof value>[]) => replaceParams("p", text, values);

it("sets values and leaves everything else as it stands", () => {
  const yaml = "# how fast\ntrain:\n  lr: 0.1   # small\n  name: 'a'\n  deep: [1, 2]\nseed: 12345678901234567890\non.off: yes\n";
  expect(replaced(yaml, value("train.lr", 0.003), value("train.name", "b: c"), value("train.deep.1", 7))).toEqual({
    text: '# how fast\ntrain:\n  lr: 0.003   # small\n  name: "b: c"\n  deep: [1, 7]\nseed: 12345678901234567890\non.off: yes\n',
    mistakes: [],
  });
  expect(replaced('{"a": {"b": 1, "big": 12345678901234567890}}', value("a.b", 2)).text).toBe(
    '{"a": {"b": 2, "big": 12345678901234567890}}',
  );
});

it("writes small numbers so that YAML 1.1 reads them as numbers too", () => {
  const { text } = replaced("lr: 1\n", value("lr", 1e-7));
  expect(text).toBe("lr: 1.0e-7\n");
  expect(parse(text, { version: "1.1" })).toEqual({ lr: 1e-7 });
  expect(JSON.parse(replaced('{"lr": 1}', value("lr", 1e-7)).text)).toEqual({ lr: 1e-7 });
});

it("finds a key that has a dot itself, and what an alias stands for", () => {
  expect(replaced("a.b: 1\n", value("a.b", 2)).text).toBe("a.b: 2\n");
  expect(parse(replaced("x: &x 1\ny: *x\n", value("y", 2)).text)).toEqual({ x: 1, y: 2 });
});

it("changes what follows an anchor with it, as writing there does", () => {
  expect(replaced("x: &x 1\ny: *x\n", value("x", 2)).text).toBe("x: &x 2\ny: *x\n");
  expect(replaced("d: &d {lr: 1}\nt:\n  <<: *d\n", value("d.lr", 2)).text).toBe("d: &d {lr: 2}\nt:\n  <<: *d\n");
});

it.each([
  ["lr:\nb: 2\n", "lr: 0.5\nb: 2\n"],
  ["lr:# no comment\n", undefined],
  ["lr: # none yet\n", undefined],
  ["{lr:, b: 1}", "{lr: 0.5, b: 1}"],
  ["b: 1\nlr:", "b: 1\nlr: 0.5"],
])("gives a value to a key that has none, or says that it cannot: %j", (text, expected) => {
  const { text: made, mistakes } = replaced(text, value("lr", 0.5));
  expect(mistakes.length === 0 ? made : undefined).toBe(expected);
});

const keys = fc.stringMatching(/^[a-z]{1,3}$/);
const texts = fc.string({ unit: fc.constantFrom(..."ab :#'\"\\\n|>&*!%@-,[]{}?~1e.\u0085\u2028\u00e9\u007f") });
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
const leaves = fc.oneof(texts, numbers, fc.integer(), fc.boolean(), fc.constant(null));
const trees = fc.letrec<{ tree: unknown; node: unknown }>((tie) => ({
  node: fc.oneof({ depthSize: "small" }, leaves, fc.array(tie("node"), { maxLength: 3 }), tie("tree")),
  tree: fc.dictionary(keys, tie("node"), { minKeys: 1, maxKeys: 4 }),
})).tree;

it("sets any single value of a file that a program wrote, and nothing else", () => {
  const layouts = fc.constantFrom(
    {},
    { defaultStringType: "QUOTE_SINGLE" as const },
    { indent: 4 },
    { collectionStyle: "flow" as const },
  );
  fc.assert(
    fc.property(trees, layouts, fc.nat(), texts, numbers, fc.boolean(), (tree, layout, pick, newText, newNumber, newTruth) => {
      const text = stringify(tree, { aliasDuplicateObjects: false, lineWidth: 0, ...layout });
      // In flow style, yaml 2.9.1 writes a text like "-\na" so that it cannot read it itself.
      fc.pre(parseDocument(text).errors.length === 0);
      const places = singleValues(tree);
      const place = places[pick % places.length];
      if (!place) return;
      const own = place.value;
      const wanted = typeof own === "string" ? newText : typeof own === "boolean" ? newTruth : newNumber;
      const { text: made, mistakes } = replaced(text, value(place.key, wanted));
      if (typeof own === "string" && mistakes.length > 0) {
        expect(mistakes[0]?.message).toContain("a text over several lines");
        return;
      }
      expect(mistakes).toEqual([]);
      const expected = structuredClone(parse(text));
      place.in(expected)[place.last] = wanted === 0 ? 0 : wanted;
      expect(parse(made)).toStrictEqual(expected);
    }),
  );
});

it("makes of any file one that has the value, or says that it cannot", () => {
  const lines = fc.constantFrom(
    ...["lr: 1", "lr:", "lr: |", "lr: !!float 1", "lr: &a 1", "lr: *a", "lr: 'x", "  y'", "  hello", "- lr", "{lr: ,", "lr: }"],
    ...["b: 2", "b: &a", "b: {lr: 3", "  lr: 4", "# note", "", "---", "? lr", ": 5", "lr: >-", "lr: [1]", "}", "lr:\t6", "  : 1"],
  );
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 5 }), fc.constantFrom("\n", "\r\n"), (made, end) => {
      const { text, mistakes } = replaced(made.join(end), value("lr", 0.5));
      if (mistakes.length > 0) expect(text).toBe(made.join(end));
      else expect(parse(text, { uniqueKeys: false, logLevel: "silent" })).toMatchObject({ lr: 0.5 });
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ["note: |\n  hello\nlr: 1\n", value("note", "x"), 'p has a text over several lines at "note", which is not replaced.'],
  ["lr: !!float 1", value("lr", 2), 'p has the tag !!float at "lr", which is not replaced.'],
  ["lr: 1\nlr: 2\n", value("lr", 3), 'p has "lr" more than once.'],
  ["a: {lr: 1}\na: {b: 2}\n", value("a.lr", 3), 'p has "a.lr" more than once.'],
  ["a: &a {b: 1}\nc: *a\n", value("c", 2), 'p has more than a single value at "c".'],
  ["lr: 1", value("lr", Number.POSITIVE_INFINITY), 'p cannot be given null at "lr" without changing anything else.'],
  ["a: 1", value("b", 2), 'p has no key "b".'],
  ["a: {b: 1}", value("a", 2), 'p has more than a single value at "a".'],
  ["a: 1", value("a", "x"), 'p has a number at "a", and the grid gives "x".'],
  ["a: [", value("a", 2), "p cannot be read as YAML or JSON."],
])("says what it cannot set: %j", (text, wanted, expected) => {
  expect(replaced(text, wanted).mistakes.map(({ message }) => message)).toEqual([expected]);
});

it("takes a file that is nested too deeply for one that cannot be read", () => {
  const { mistakes } = replaced("[".repeat(20_000), value("lr", 1));
  expect(mistakes.map(({ message }) => message)).toEqual(["p cannot be read as YAML or JSON."]);
});

interface Place {
  key: string;
  last: string;
  value: unknown;
  /** What holds it, in a copy of the tree. */
  in(copy: unknown): Record<string, unknown>;
}

function singleValues(tree: unknown, path: readonly string[] = []): readonly Place[] {
  if (typeof tree === "object" && tree !== null)
    return Object.entries(tree).flatMap(([key, child]) => singleValues(child, [...path, key]));
  const within = path.slice(0, -1);
  const held = (copy: unknown) => within.reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  return [{ key: path.join("."), last: path.at(-1) ?? "", value: tree, in: (copy) => held(copy) as Record<string, unknown> }];
}
