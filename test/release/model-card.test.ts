import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { frontMatter } from "../../src/release/card/front-matter.ts";
import { modelCard } from "../../src/release/card/model-card.ts";
import { missingStatements, noStatements, parseStatements } from "../../src/release/card/statements.ts";
import type { ReleaseFacts } from "../../src/release/release-facts.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, withoutCode } from "../report/hostile.ts";
import { skipWithout } from "../requirements.ts";
import { createFacts, teamsCard } from "./create-facts.ts";
import { hostileFacts } from "./hostile-facts.ts";

const python = resolve(".cache/huggingface-hub/bin/python");
const withoutHub = skipWithout(
  "huggingface-hub",
  "huggingface_hub reading model cards",
  existsSync(python) ? undefined : "it is not installed here: run `bash .ci/python-tool.sh huggingface-hub`, which needs Python.",
);

const bodyOf = (card: string) => card.slice(card.indexOf("\n---\n") + 5);

describe("a model card", () => {
  it("says what is known, apart from what people state", async () => {
    await expect(modelCard(createFacts())).toMatchFileSnapshot("../goldens/release/model-card.md");
  });

  it("says nothing that nobody said, of a model of which little is known", async () => {
    const facts = createFacts(
      { ...{ approvals: [], predecessor: undefined, stage: undefined, trust: "protected", statements: noStatements } },
      { inputs: [], evaluations: [], data: undefined, source: { repository: "acme/risk-models", commit: "ab".repeat(20) } },
    );
    const card = modelCard(facts);
    await expect(card).toMatchFileSnapshot("../goldens/release/model-card-of-little.md");
    expect(card.match(/^not provided$/gm)).toHaveLength(missingStatements(noStatements).length);
  });

  it("names the file that the team states it in", () => {
    const statements = parseStatements(teamsCard, "models/fraud/CARD.md");
    expect(modelCard(createFacts({ statements }))).toContain("From the team's own `models/fraud/CARD.md` at commit");
  });

  it("is the same bytes for the same facts", () => {
    expect(modelCard(createFacts())).toBe(modelCard(createFacts()));
  });

  it("says why files are shipped whose format is refused otherwise", () => {
    const reason = "The vendor's scorer reads nothing else.";
    expect(modelCard(createFacts({ formatOverride: { paths: ["model.pkl"], reason } }))).toContain(
      `| Shipped in spite of its format | \`model.pkl\` because: ${reason} |`,
    );
  });

  it("leaves text from outside inert", () => {
    const card = modelCard(hostileFacts());
    const body = bodyOf(card);
    for (const pattern of forbiddenAnywhere) expect(body).not.toMatch(pattern);
    for (const pattern of forbiddenOutsideCode) expect(withoutCode(body)).not.toMatch(pattern);
    expect(body.match(/^## /gm)).toHaveLength(6);
    expect(body.match(/^\|/gm)?.length).toBeGreaterThan(20);
    const [front] = card.split("\n---\n");
    for (const line of front?.split("\n").slice(1) ?? []) expect(line).toMatch(/^ *(- )?([a-z_-]+:)?/);
    expect(parse(front ?? "", { version: "1.1" })["model-index"][0].results[1].metrics[0].value).toBe(0.5);
  });
});

describe("what people state", () => {
  it("is found under headings of any level, of Hugging Face's template too", () => {
    const { stated, more, metadata } = parseStatements(teamsCard);
    expect(stated).toEqual({
      use: "Ranks payments for review by people.",
      outOfScope: "Declining a payment without a person.",
      limitations: "- Knows no merchant younger than a week.\n\n#### Countries\nFew payments from Brazil.",
    });
    expect(more).toEqual([
      { title: "Summary", text: "Scores card payments before they are settled." },
      { title: "Rollout", text: "In 5% of payments first." },
    ]);
    expect(metadata).toMatchObject({ license: "apache-2.0", language: ["en", "pt"], tags: ["fraud"] });
    expect(missingStatements(parseStatements(teamsCard))).toContain("Risks");
  });

  it("is no heading in a block of code", () => {
    const { stated } = parseStatements("## Intended use\n```sh\n# Risks\n```\nx\n~~~\n## Limitations\n~~~\n");
    expect(stated).toEqual({ use: "```sh\n# Risks\n```\nx\n~~~\n## Limitations\n~~~" });
  });

  it("is none in a comment, and hides nothing that follows", () => {
    const { stated } = parseStatements(
      "## Risks\n<!--\n## Limitations\nx\n-->\nsome\n## Limitations #\n<!-- y\n## Users\n````\nz",
    );
    expect(stated).toEqual({ risks: "some", limitations: "<!-- y\n\n-->", users: "````\nz\n````" });
  });

  it("is read at once, however it is written", () => {
    const many = ["# ", " ", "#", "<!--", "`", "[", "\n", "a-->", "\t#"].map((piece) => piece.repeat(200_000 / piece.length));
    for (const text of many)
      for (const end of ["", "x", "\n## Risks\nx"]) expect(parseStatements(`# ${text}${end}`)).toHaveProperty("metadata", {});
  });

  it.each([
    ["front matter that is no YAML", "---\na: [\n---\n", "is not YAML"],
    ["a license that is no text", "---\nlicense: {a: 1}\n---\n", "MODEL_CARD.md: license is not a text"],
    ["aliases, which can grow without end", "---\na: &a [x]\nlicense: *a\n---\n", "is not YAML"],
    ["too much", "x".repeat(300_000), "more than the 262144"],
  ])("is refused: %s", (_, text, said) => {
    expect(() => parseStatements(text)).toThrow(said);
  });
});

it("front matter is read as it was meant, by YAML 1.1 and 1.2", () => {
  const data = {
    texts: ["no", "1:30", "1e3", "", "# x", "a: b", "\u0085\u2028é🐧", '"\\', "---"],
    numbers: [1e-7, -1.5e300, 0, 12, 0.1],
    nested: { list: [{ a: "x", b: { c: 1 } }, []], empty: {} },
    absent: undefined,
  };
  const text = frontMatter(data).slice(4, -4);
  const expected = JSON.parse(JSON.stringify(data).replace("\u0085\u2028", "⟨U+0085⟩ "));
  for (const version of ["1.1", "1.2"] as const) expect(parse(text, { version })).toEqual(expected);
});

/** A number without a point before its exponent is a text to YAML 1.1, and a metric can have no value. */
function factsOfOddValues(): ReleaseFacts {
  const { evidence } = createFacts();
  const [evaluation] = evidence.evaluations;
  if (!evaluation?.candidate) throw new Error("there is a candidate");
  const metrics = [1e-7, 1e21, -5e-324, 0, null].map((value, index) => ({
    metric: `m${index}`,
    value,
    undefinedBecause: "no rows",
  }));
  const candidate = { ...evaluation.candidate, metrics };
  return createFacts({}, { evaluations: [{ ...evaluation, candidate, slices: [] }] });
}

describe.skipIf(withoutHub)("beside huggingface_hub", () => {
  it.each([
    ["a full one", createFacts],
    ["a hostile one", hostileFacts],
    ["one of odd values", factsOfOddValues],
    ["one without results", () => createFacts({ statements: noStatements }, { evaluations: [] })],
  ])("a card is read whole: %s", (_, facts) => {
    const input = modelCard(facts());
    const script = join(import.meta.dirname, "read-card.py");
    const read = JSON.parse(execFileSync(python, [script], { encoding: "utf8", input }));
    const evaluation = facts().evidence.evaluations[0];
    const judged = [
      evaluation?.candidate?.metrics ?? [],
      ...(evaluation?.slices ?? []).filter((slice) => !slice.tooSmall).map((slice) => slice.metrics),
    ];
    expect(read.results.map(({ value }: { value: number }) => value)).toEqual(judged.flat().flatMap(({ value }) => value ?? []));
    expect(read.text).toBe(bodyOf(input));
    expect(read.again).toEqual(read.results);
  });

  it("gives license, languages, intervals and the run as they were stated and measured", () => {
    const input = modelCard(createFacts());
    const script = join(import.meta.dirname, "read-card.py");
    const { results, ...read } = JSON.parse(execFileSync(python, [script], { encoding: "utf8", input }));
    expect(read).toMatchObject({
      model: "fraud",
      license: "apache-2.0",
      language: ["en", "pt"],
      library: "onnx",
      tags: ["fraud"],
    });
    expect(results[0]).toEqual({
      ...{ task: "tabular-classification", dataset: "data/test.csv", slice: null, metric: "average_precision", value: 0.431 },
      args: { confidence_level: 0.95, lower: 0.4188, upper: 0.4429, method: "bootstrap" },
      url: "https://github.com/acme/risk-models/actions/runs/17402/attempts/1",
    });
    expect(results.map(({ slice }: { slice: string }) => slice)).toContain("country=US");
  });
});
