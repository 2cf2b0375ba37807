import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatasets } from "../../src/data/dataset/open-datasets.ts";
import { serializeProfile } from "../../src/data/profile-schema.ts";
import { qualityResultSchema } from "../../src/quality/quality-result.ts";
import { parseSpec } from "../../src/spec/parse-spec.ts";
import { files } from "../git/repository.ts";
import { assay, temporaryFolder } from "./assay.ts";
import { runHere } from "./run-here.ts";

const examples = join(import.meta.dirname, "..", "..", "examples");

const rows = Array.from({ length: 120 }, (_, row) => row);
const amounts = rows.map((row) => ((row * 37) % 101) / 10);
const table = (change: (row: number) => string = (row) => String(amounts[row])) =>
  [
    "id,amount,country,label",
    ...rows.map((row) => `${row + 1},${change(row)},${["BR", "US", "DE"][row % 3]},${(row * 7) % 11 > 5 ? 1 : 0}`),
  ].join("\n");

const spec = `version: 1
models:
  fraud:
    task: binary
    train: { run: python train.py, inputs: { data: [train.csv] } }
    evaluate: { data: test.csv, id: id, target: label, positive: "1", predict: { onnx: m.onnx } }
    data:
      rules:
        - { column: amount, min: 0 }
        - { references: { column: country, table: countries.csv, key: iso } }
        - { rows: { at-least: 500 }, severity: warn }
        - { column: label, in: [0, 1], table: test.csv }
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const damaged = table((row) => (row === 6 ? "-3" : row === 9 ? "?" : String(amounts[row])));

describe("assay quality", () => {
  it("writes a page, with what it quotes escaped", () => {
    const hostile = table((row) => (row === 6 ? "-3" : String(amounts[row]))).replace("amount", "<img src=x>");
    const folder = folderWith({ "train.csv": hostile, "later.csv": damaged });
    const { status, stderr } = assay(folder, "quality", "later.csv", "--reference", "train.csv", "--page", "q.html");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "Wrote q.html\n" });
    const page = readFileSync(join(folder, "q.html"), "utf8");
    expect(page).toContain("Quality of later.csv");
    expect(page).toContain("&lt;img src=x&gt;");
    expect(page).not.toContain("<img");
    expect(assay(folder, "quality", "later.csv", "--page", "later.csv").stderr).toContain("is one of the files that are read");
  });

  it("shows what is wrong, with the rows, and exits with 1 for an error", () => {
    const folder = folderWith({ "train.csv": damaged, "assay.yml": spec, "countries.csv": "iso\nBR\nUS\n" });
    const { status, stdout, stderr } = assay(folder, "quality", "train.csv", "--rules", "assay.yml");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^train\.csv, 120 rows × 4 columns: 2 errors, 2 warnings\n/);
    const [, , ...lines] = stdout.slice(stdout.indexOf("| ")).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      expect.stringMatching(
        /^\| error \| rule\.amount\.min +\| "amount" is less than 0 or no number in 2 of 120 rows \(1\.7%\)\. +\| 7, 10 +\|$/,
      ),
      expect.stringMatching(
        /^\| error \| rule\.country\.references +\| "country" is no "iso" of countries\.csv in 40 of 120 rows \(33%\)\. +\| 3, 6, 9, 12, 15, … +\|$/,
      ),
      expect.stringMatching(
        /^\| warn +\| type-mismatch +\| "amount" holds numbers, and something else in 1 of 120 rows \(0\.83%\)\. +\| 10 +\|$/,
      ),
      expect.stringMatching(
        /^\| warn +\| rule\.rows\.at-least +\| The table has 120 rows; at least 500 were expected\. +\| +\|$/,
      ),
    ]);
    expect(stdout).toContain("In order: empty-table,");
    expect(stdout).toContain("Not looked for: there is no test table: train-test-overlap, date-leakage");
  });

  it("exits with 3 where a rule could not be computed, and says which", () => {
    const folder = folderWith({ "train.csv": table(), "assay.yml": spec });
    const { status, stdout } = assay(folder, "quality", "train.csv", "--rules", "assay.yml", "--page", "q.html");
    expect(status).toBe(3);
    expect(stdout).toContain(
      "Not computed, so that nobody knows:\nrule.country.references: countries.csv: there is no such file.",
    );
    expect(readFileSync(join(folder, "q.html"), "utf8")).toContain("<details open><summary>Not computed: 1 check</summary>");
  });

  it("prints one JSON document of its schema", () => {
    const folder = folderWith({ "train.csv": damaged });
    const { status, stdout } = assay(folder, "quality", "train.csv", "--target", "label", "--json");
    expect(status).toBe(0);
    const { schema, errors, warnings, ...result } = JSON.parse(stdout);
    expect({ schema, errors, warnings }).toEqual({ schema: "assay.quality/v1", errors: 0, warnings: 1 });
    expect(qualityResultSchema.parse(result)).toEqual(result);
    expect(result.checks[0]).toMatchObject({ name: "type-mismatch", columns: ["amount"], status: "fail", examples: [10] });
  });

  it.each([
    [["penguins/data/penguins.csv", "--test", "penguins/data/penguins-test.csv", "--rules", "penguins/assay.yml"]],
    [["penguins/data/penguins-test.csv", "--reference", "penguins/data/penguins.csv", "--target", "species"]],
    [
      [
        "breast-cancer-python/data/train.csv",
        "--test",
        "breast-cancer-python/data/test.csv",
        "--rules",
        "breast-cancer-python/assay.yml",
      ],
    ],
    [
      [
        "breast-cancer-python/data/test.csv",
        "--reference",
        "breast-cancer-python/data/train.csv",
        "--rules",
        "breast-cancer-python/assay.yml",
      ],
    ],
  ])("finds nothing wrong with a healthy table: %j", (args) => {
    const { status, stdout } = assay(examples, "quality", ...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/: nothing is wrong\n/);
  });

  it("compares with a stored profile as with the rows that it is of", async () => {
    const folder = folderWith({ "old.csv": table(), "new.csv": table((row) => String((amounts[row] ?? 0) * 1_000)) });
    const datasets = await openDatasets(new Map([["old", { paths: ["old.csv"], folder }]]), { files });
    writeFileSync(join(folder, "old.profile.json"), serializeProfile(await datasets.get("old").profile()));
    await datasets.close();
    const found = ["old.csv", "old.profile.json"].map((reference) => {
      const { status, stdout } = assay(folder, "quality", "new.csv", "--reference", reference, "--json");
      return { status, checks: JSON.parse(stdout).checks };
    });
    expect(found[1]).toEqual(found[0]);
    expect(found[0]?.status).toBe(1);
    expect(found[0]?.checks[0]).toMatchObject({ name: "out-of-range", severity: "error", columns: ["amount"] });
  });

  it("looks at a test table by its own rules", () => {
    const folder = folderWith({ "test.csv": table().replaceAll(/1$/gm, "2"), "assay.yml": spec });
    const { stdout } = assay(folder, "quality", "test.csv", "--rules", "assay.yml", "--json");
    const rules = JSON.parse(stdout).checks.filter(({ name }: { name: string }) => name.startsWith("rule."));
    expect(rules).toMatchObject([{ name: "rule.label.in[test.csv]", status: "fail" }]);
  });

  it("tells ids of 19 digits apart", () => {
    const ids = rows.map((row) => `12345678901234567${String(row).padStart(2, "0").slice(-2)}${row > 99 ? "9" : "0"}`);
    const yml = spec.replace(/rules:[\s\S]*/, "rules:\n        - { unique: [key] }\n");
    const folder = folderWith({
      "train.csv": ["key,label", ...ids.map((id, row) => `${id},${row % 2}`)].join("\n"),
      "assay.yml": yml,
    });
    const { status, stdout } = assay(folder, "quality", "train.csv", "--rules", "assay.yml", "--json");
    expect(JSON.parse(stdout).checks).toContainEqual(expect.objectContaining({ name: "rule.key.unique", status: "pass" }));
    expect(status).toBe(0);
  });
});

describe("rules that are suggested", () => {
  it("are kept by the table, and can be pasted", () => {
    const train = readFileSync(join(examples, "penguins", "data", "penguins.csv"), "utf8");
    const folder = folderWith({ "train.csv": train });
    const { status, stdout, stderr } = assay(folder, "quality", "train.csv", "--suggest");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("    - { column: sex, in: [ female, male ], missing: 5% }\n");
    expect(stdout).toContain("    - { column: body_mass_g, type: integer, min: 0, missing: 0 }\n");
    const model = spec.slice(0, spec.indexOf("    data:"));
    const pasted = model + stdout.replaceAll(/^/gm, "    ");
    expect([...parseSpec(pasted, "assay.yml").models.values()][0]?.data.rules.length).toBeGreaterThan(10);
    writeFileSync(join(folder, "assay.yml"), pasted);
    const checked = assay(folder, "quality", "train.csv", "--rules", "assay.yml", "--json");
    expect(checked.status).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ errors: 0, warnings: 0 });
  });
});

describe("wrong usage of assay quality", () => {
  it.each<[string[], number, RegExp]>([
    [["lost.csv"], 3, /^lost\.csv: there is no such file/],
    [["train.csv", "--test", "lost.csv"], 3, /^lost\.csv: there is no such file/],
    [["train.csv", "--rules", "lost.yml"], 3, /^lost\.yml: there is no such file/],
    [["train.csv", "--target", "lable"], 2, /has no column "lable"/],
    [["train.csv", "--id", "key"], 2, /has no column "key"/],
    [["train.csv", "--model", "fraud"], 2, /^--model belongs to --rules/],
    [["train.csv", "--rules", "assay.yml", "--model", "frad"], 2, /has no model frad\. Did you mean fraud\?/],
    [["train.csv", "--rules", "bad.yml"], 2, /^.*bad\.yml:9:\d+ models\.fraud\.data\.rules\[0\]: /],
    [["train.csv", "--suggest", "--json"], 2, /^--json: --suggest looks at the table alone/],
    [["ragged.csv"], 2, /ragged\.csv.*line 2 has 3/],
    [[], 2, /missing required argument 'table'/],
  ])("exits with a word on it: %j", async (args, status, says) => {
    const folder = folderWith({
      "train.csv": table(),
      "assay.yml": spec,
      "bad.yml": spec.replace("{ column: amount, min: 0 }", "{ amount: 0 }"),
      "ragged.csv": "a,b\n1,2,3\n",
    });
    const [first, ...more] = args.map((arg) => (/\.(csv|yml)$/.test(arg) ? join(folder, arg) : arg));
    const said = await runHere(folder, "quality", ...(first === undefined ? [] : [first, ...more]));
    expect({ status: said.status, stdout: said.stdout }).toEqual({ status, stdout: "" });
    expect(said.stderr).toMatch(says);
  });

  it("tells of every expression that is none, with its place", () => {
    const yml = spec.replace(
      "{ column: amount, min: 0 }",
      '{ sql: "amount > 0; DROP TABLE x", name: one }\n        - { sql: now() > amount, name: two }\n        - { column: label, matches: "a{1001}" }',
    );
    const folder = folderWith({ "train.csv": table(), "assay.yml": yml });
    const told = [
      /^assay\.yml:9:11 models\.fraud\.data\.rules sql\.one: "amount > 0; DROP TABLE x" cannot be a rule\. It has to be one expression/m,
      /^assay\.yml:10:11 models\.fraud\.data\.rules sql\.two: .* now would give another answer every day/m,
      /^assay\.yml:11:11 models\.fraud\.data\.rules label\.matches: .* is no regular expression that RE2 reads/m,
    ];
    for (const args of [["quality", "train.csv", "--rules", "assay.yml"], ["validate"]]) {
      const { status, stderr } = assay(folder, ...args);
      expect(status).toBe(2);
      for (const line of told) expect(stderr).toMatch(line);
    }
  });

  it("tells of an expression about a column that is not there", () => {
    const yml = spec.replace("{ column: amount, min: 0 }", "{ sql: amout > 0, name: one }");
    const folder = folderWith({ "train.csv": table(), "assay.yml": yml, "countries.csv": "iso\nBR\nUS\nDE\n" });
    const { status, stdout } = assay(folder, "quality", "train.csv", "--rules", "assay.yml");
    expect(status).toBe(1);
    expect(stdout).toContain('The table has no column "amout". Did you mean amount?');
  });
});
