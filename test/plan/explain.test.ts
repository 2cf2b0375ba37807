import { describe, expect, it } from "vitest";
import type { Input } from "../../src/evidence/evidence.ts";
import { explain } from "../../src/plan/explain.ts";
import { paramInputs } from "../../src/plan/params.ts";

const input = (kind: Input["kind"], name: string, id: string): Input => ({ kind, name, id });

describe("an explanation", () => {
  it("is empty for the same inputs and names every kind of change", () => {
    const before = [
      input("data", "d.csv", "git:1"),
      input("param", "p.yaml#train.lr", "0.1"),
      input("param", "p.yaml#old", "1"),
      input("code", "gone.py", "git:2"),
      input("code", "old name.py", "git:3"),
      input("environment", "requirements.txt", "git:4"),
      input("command", "train.run", "a"),
      input("seed", "train.seeds", "[1]"),
      input("backend", "train.backend", "auto"),
      input("contract", "training-contract", "1"),
    ];
    const after = [
      input("data", "d.csv", "git:2"),
      input("param", "p.yaml#train.lr", "0.2"),
      input("param", "p.yaml#new", '"x"'),
      input("code", "src/x.py", "git:9"),
      input("code", "new name.py", "git:3"),
      input("environment", "requirements.txt", "git:5"),
      input("command", "train.run", "b"),
      input("seed", "train.seeds", "[2]"),
      input("backend", "train.backend", "wasm"),
      input("contract", "training-contract", "2"),
    ];
    expect(explain(before, before)).toEqual([]);
    expect(explain(before, after)).toEqual([
      "data changed: d.csv",
      'param added: new "x" (p.yaml)',
      "param removed: old (p.yaml)",
      "param changed: train.lr 0.1 → 0.2 (p.yaml)",
      "command changed: train.run",
      "seeds changed: [1] → [2]",
      "backend changed: auto → wasm",
      "environment changed: requirements.txt",
      "code removed: gone.py",
      "code renamed: old name.py → new name.py",
      "and 2 more",
    ]);
  });
});

describe("parameters", () => {
  const params = (text: string, keys?: readonly string[]) => paramInputs("p.yaml", Buffer.from(text), keys);
  const ids = (text: string, keys?: readonly string[]) => params(text, keys).inputs.map(({ name, id }) => `${name}=${id}`);

  it("count by value: comments, order and spelling do not", () => {
    expect(ids("a: {b: 0.10, c: [1, 2]} # words\n", ["a.b", "a.c", "a.c.1"])).toEqual([
      "p.yaml#a.b=0.1",
      "p.yaml#a.c=[1,2]",
      "p.yaml#a.c.1=2",
    ]);
    expect(ids('{"a": {"c": [1, 2], "b": 1e-1}}', ["a.b", "a.c"])).toEqual(["p.yaml#a.b=0.1", "p.yaml#a.c=[1,2]"]);
    expect(ids('{\n\t"a": 1\n}', ["a"])).toEqual(["p.yaml#a=1"]);
    expect(ids("x: 1\na: {b: null}\n")).toEqual(["p.yaml#x=1", "p.yaml#a.b=null"]);
  });

  it("do not look the same when JSON cannot hold them", () => {
    expect(ids("a: 9007199254740993", ["a"])).not.toEqual(ids("a: 9007199254740992", ["a"]));
    expect(ids("a: .inf", ["a"])).not.toEqual(ids("a: .nan", ["a"]));
  });

  it("say which key is missing and which there are", () => {
    expect(params("a: {b: 1}\nd: 2\n", ["a.x", "constructor"]).problems).toEqual([
      { message: 'p.yaml has no key "a.x".', fix: "It has a.b, d." },
      { message: 'p.yaml has no key "constructor".', fix: "It has a.b, d." },
    ]);
    expect(params("a: [", ["a"]).problems[0]?.message).toMatch(/^p\.yaml cannot be read as YAML or JSON/);
  });

  it("are the file's content when it is neither YAML nor JSON, or an alias bomb", () => {
    expect(ids("a = [1\n[x]: {")).toEqual([expect.stringMatching(/^p\.yaml=sha256:/)]);
    const bomb = `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : "a"}, `.repeat(9)}x]`).join("\n")}`;
    expect(params(bomb, ["a"]).problems).toHaveLength(1);
  });
});
