import { expect, it } from "vitest";
import { parse } from "yaml";
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

it.each([
  ["a: 1", value("b", 2), 'p has no key "b".'],
  ["a: {b: 1}", value("a", 2), 'p has more than a single value at "a".'],
  ["a: 1", value("a", "x"), 'p has a number at "a", and the grid gives "x".'],
  ["a: [", value("a", 2), "p cannot be read as YAML or JSON."],
])("says what it cannot set: %s", (text, wanted, expected) => {
  expect(replaced(text, wanted).mistakes.map(({ message }) => message)).toEqual([expected]);
});
