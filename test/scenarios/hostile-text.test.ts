import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkflowResult } from "../../src/demo/workflow.ts";
import { forbiddenAnywhere, forbiddenOutsideCode, withoutCode } from "../report/hostile.ts";
import { createTeam, type Edits, type Team } from "./team.ts";

/** Creates `pwned` in the home folder where a shell reads it; no `/`, no space, no quote, so that it fits every name. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: for a shell, not for JavaScript
const substitution = "$(cd;touch${IFS}pwned)";
// biome-ignore lint/suspicious/noTemplateCurlyInString: for a shell, not for JavaScript
const trap = `${substitution}${"`cd;touch${IFS}pwned`;cd;touch${IFS}pwned;"}`;
/** What a branch can be called: no space, colon, tilde or bracket. */
const branch = `@everyone#1<img/src=x/onerror=alert(1)>|__bold__${trap}'"`;
const markdown =
  "<script>alert(1)</script> @everyone #1 GH-2 https://evil.example **bold** `code` ``` ~~~ | cell | </details></table>";
const title = `<!-- assay:report v1 --> ::error::forged ${markdown} ${trap} \u202etxt.exe`;
/** A cell of a CSV file that is split at commas. */
const cell = (what: string) =>
  `${what} ::error::forged <img src=x onerror=alert(1)> @everyone #1 https://evil.example **bold** | \`x\` ${substitution}`;
const [target, positive, negative] = [cell("target"), cell("yes"), cell("no")];

/** The fixture with hostile columns, labels, parameters, files, metrics and output. */
const hostileBase: Edits = {
  "assay.yml": (text) =>
    text
      .replace('    owners: ["@acme/risk"]\n', "")
      .replace("params: [{params.yaml: [threshold, trouble]}]", "params: [{params.yaml: [threshold, trouble, note]}]")
      .replace("outputs: {model: model.json}", "outputs: {model: model.json, metrics: metrics.json}")
      .replace("target: label", `target: ${JSON.stringify(target)}`)
      .replace('positive: "1"', `positive: ${JSON.stringify(positive)}`),
  "data/test.csv": (text) =>
    text.replace("id,x,label", `id,x,${target}`).replaceAll(/,1$/gm, `,${positive}`).replaceAll(/,0$/gm, `,${negative}`),
  "predict.mjs": (text) =>
    text.replace(
      "Number(x) >= threshold ? 1 : 0",
      `Number(x) >= threshold ? ${JSON.stringify(positive)} : ${JSON.stringify(negative)}`,
    ),
  "train.mjs": (text) =>
    `${text}\nconsole.log(${JSON.stringify(`::error::forged\n::set-output name=page::forged\n::add-mask::a\n##[error]forged`)});
writeFileSync(join(process.env.ASSAY_OUTPUT_DIR, "metrics.json"), JSON.stringify({ [${JSON.stringify(cell("metric"))}]: 1 }));\n`,
};

/** Commands that the runner would carry out: it takes none between `::stop-commands::<token>` and `::<token>::`. */
function commandsIn(log: string): string[] {
  let token: string | undefined;
  return log.split("\n").filter((line) => {
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined;
      return false;
    }
    token = /^::stop-commands::(.+)$/.exec(line)?.[1];
    return token === undefined && /^\s*(::|##\[)/.test(line) && !line.startsWith("::debug::");
  });
}

function stepsOf({ plan, train, evaluate, report }: WorkflowResult) {
  return [plan, ...train.values(), ...evaluate.values(), report];
}

function expectInert(text: string): void {
  // A heading that Assay itself writes, once.
  expect(text.match(/^## ✅ May be promoted/gm)?.length ?? 0).toBeLessThanOrEqual(1);
  for (const pattern of forbiddenAnywhere.filter(({ source }) => !source.includes("promoted"))) expect(text).not.toMatch(pattern);
  for (const pattern of forbiddenOutsideCode) expect(withoutCode(text)).not.toMatch(pattern);
  expect(text.match(/<!-- assay:report/g) ?? []).toHaveLength(text.startsWith("<!-- assay:report") ? 1 : 0);
}

function expectHarmless(team: Team, result: Awaited<ReturnType<Team["run"]>>): void {
  expect(result.comments).toHaveLength(1);
  expectInert(result.comment);
  for (const { title: heading, summary, text, annotations } of result.checks) {
    expectInert([heading, summary, text].join("\n\n"));
    for (const { message } of annotations) expect(message).not.toMatch(/^::/m);
  }
  for (const { summary, log } of stepsOf(result)) {
    // Nobody is notified by a summary, and code is inert.
    expectInert(withoutCode(summary));
    for (const command of commandsIn(log))
      expect(command, log).not.toMatch(/^\s*(::error::forged|::set-output|::add-mask::a$|##\[)/);
  }
  expect(result.report.outputs["page"]).toMatch(/\/artifacts\/\d+$/);
  const page = pageOf(team, result.runId);
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).not.toMatch(/<script>alert|<img[^>]*onerror|<\/details><\/table>/i);
  expect(existsSync(join(team.home, "pwned"))).toBe(false);
}

function pageOf({ github }: Team, runId: number): string {
  const artifact = github.artifacts(runId).find(({ name }) => name === "assay-report.html");
  return readFileSync(artifact?.file ?? "", "utf8");
}

it("sets a trap that a shell would fall into", () => {
  const home = mkdtempSync(join(tmpdir(), "assay-trap-"));
  spawnSync("bash", ["-c", `echo ${trap}`], { env: { PATH: process.env["PATH"], HOME: home } });
  expect(existsSync(join(home, "pwned"))).toBe(true);
  rmSync(home, { recursive: true });
});

describe("hostile text", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    const first = await team.pushMain("First model", hostileBase);
    expect(first.report.exitCode, first.report.log).toBe(0);
  });
  afterAll(() => team.close());

  it("in branch, title, columns, labels, params, files and metrics is only text in comment, check, summary and page", async () => {
    writeFileSync(
      join(team.clone.folder, `${trap}@everyone#1<img src=x onerror=alert(1)>::error::forged\n::error::forged.mjs`),
      "",
    );
    const pullRequest = await team.open(
      title,
      {
        "params.yaml": (text) =>
          text.replace("threshold: 40", "threshold: 50").replace(/^note: .*$/m, `note: ${JSON.stringify(title)}`),
      },
      branch,
    );
    const result = await team.run(pullRequest);
    expect(result.report.exitCode, result.report.log).toBe(0);
    expect(result.check?.conclusion).toBe("success");
    expect(result.comment).toContain("param changed");
    expect(result.comment).toContain("code added");
    expectHarmless(team, result);
  });

  it("in messages about what is wrong with the data is only text too", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the fixture's code
    const ids = (text: string) => text.replace("`other-${id}`", JSON.stringify(cell("id")));
    const result = await team.run(
      await team.open(
        title,
        { "params.yaml": (text) => text.replace("trouble: none", "trouble: other-rows"), "predict.mjs": ids },
        `${branch}2`,
      ),
    );
    expect(result.check?.conclusion).toBe("failure");
    expectHarmless(team, result);

    const column = (text: string) => text.replace(target, cell("another column"));
    const missing = await team.run(await team.open(title, { "data/test.csv": column }, `${branch}3`));
    expect(missing.check?.conclusion).toBe("failure");
    expect(missing.comment).toContain("another column");
    expectHarmless(team, missing);
  });
});
