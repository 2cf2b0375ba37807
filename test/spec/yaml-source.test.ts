import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { command, having, mistakes, recipe, scored, told } from "./assay-yml.ts";

describe("text that is no good YAML", () => {
  it("says where the syntax breaks", () => {
    expect(told("version: 1\nmodels:\n  a: [1, 2\n")).toEqual([
      expect.stringMatching(/^\d:\d+ This is not YAML: .*Mend the syntax here/),
    ]);
    expect(told("version: 1\n\tmodels: {}\n")[0]).toMatch(/^2:1 This is not YAML/);
  });

  it("finds keys that are written twice, at any depth", () => {
    expect(told(`${command}version: 1\n`)).toEqual([
      '15:1 The key "version" is written twice; first on line 1. Keep one of them.',
    ]);
    expect(told(command.replace("task: binary", "task: binary\n    task: regression"))).toEqual([
      '5:5 The key "task" is written twice; first on line 4. Keep one of them.',
    ]);
  });

  it("refuses a second document", () => {
    expect(told(`---\n${command}...\n`)).toEqual([]);
    expect(told(`${command}---\nversion: 1\n`)).toEqual([
      "15:1 A second document begins here; only one is read. Put all into one, without --- between.",
    ]);
  });

  it("says of UTF-16 that the file is not UTF-8", () => {
    const asRead = Buffer.from(`\uFEFF${command}`, "utf16le").toString("utf8");
    expect(told(asRead)).toEqual(["1:1 The file is not UTF-8 text: it looks like UTF-16 or a binary file. Save it as UTF-8."]);
  });

  it("refuses a file over the size limit", () => {
    expect(told("#".repeat(1_048_577))).toEqual([expect.stringMatching(/^1:1 The file has 1048577 bytes, more than 1048576/)]);
  });

  it("refuses an alias bomb", () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(", ")}]`,
    );
    expect(told(["a0: &a0 x", ...levels].join("\n"))).toEqual([expect.stringContaining("The aliases cannot be resolved")]);
  });

  it("refuses an alias of itself and one of nothing", () => {
    expect(told("version: &a [*a]\n")).toContain("1:13 a list is not the version of this format. Write version: 1.");
    expect(told("version: *nothing\n")).toEqual([expect.stringContaining("Unresolved alias")]);
  });

  it.each(["[", "{a: ", "- ", "? "])("survives %s repeated without end", (piece) => {
    expect(told(piece.repeat(50_000)).length).toBeGreaterThan(0);
  });

  it("looks through a file of very many keys", () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `key${index}: 1`);
    expect(told(keys.join("\n")).length).toBeLessThanOrEqual(101);
  });

  it("does not reach an object's prototype", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      expect(told(`${command}${name}: {a: 1}\n`)).toEqual([expect.stringMatching(/^15:1 .* is not a key that is known here/)]);
    }
  });
});

const everything = having(command.replace("run:", "seeds: [1, 2]\n      outputs: {metrics: m.json}\n      run:"), {
  evaluate:
    "metrics: [accuracy, recall_at_fpr: 0.01]\n      primary: accuracy\n      group: a\n      weight: b\n      slices: [c, {column: d}]",
  gates: ["{metric: recall_at_fpr, slice: {c: x}, no-worse-than: 5%}", "{reported: ms, noise: 1, better-than: 2}"],
}).concat('    waivers: [{gate: ms.better-than, by: "@octocat", reason: why, until: 2026-12-31}]\n');

describe("any text", () => {
  it("has examples that are right", () => {
    for (const text of [command, recipe, scored, everything]) expect(told(text)).toEqual([]);
  });

  const anyYaml = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."\n -:[]{}&*!|>'\"#%@`,?ab1\t\r\u2028") }),
    fc.json(),
    fc.object().map((value) => JSON.stringify(value)),
    damaged(command),
    damaged(recipe),
    damaged(scored),
    damaged(everything),
  );

  it("is read or refused by a ConfigError whose places lie in the file", () => {
    fc.assert(
      fc.property(anyYaml, (text) => {
        const lines = text.split("\n");
        for (const { position } of mistakes(text)) {
          expect(position.line).toBeGreaterThanOrEqual(1);
          expect(position.line).toBeLessThanOrEqual(lines.length);
          expect(position.column).toBeGreaterThanOrEqual(1);
          expect(position.column).toBeLessThanOrEqual((lines[position.line - 1]?.length ?? 0) + 1);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  /** A good file with a piece cut out and another put in: near misses reach deeper than noise does. */
  function damaged(text: string) {
    const piece = fc.constantFrom(
      "",
      "null",
      "[]",
      "{}",
      "-1",
      "~",
      "\n",
      "  ",
      ": ",
      "- ",
      "&a ",
      "*a",
      "1e999",
      '"',
      "__proto__: 1",
    );
    return fc
      .tuple(fc.nat(text.length), fc.nat(12), piece)
      .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length));
  }
});
