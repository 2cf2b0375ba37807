import { readFileSync, writeFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addsAModel, damagesTheData, improvesTheModel } from "../../src/demo/changes.ts";
import { demonstrate } from "../../src/demo/demo.ts";
import { type Change, examplePath } from "../../src/demo/team.ts";
import { UserCommandError } from "../../src/errors/errors.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-demo-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("goes through the app to a release: comments, checks, a refusal, a training again, a waiver, an approval, promotions and a rollback", async () => {
  const heard: string[] = [];
  const demonstrated = await demonstrate({ json: true, out: join(folder, "demo.html") }, (line) => heard.push(line));
  const { pullRequests, release, webhooks, page, registry, servers } = demonstrated;
  const [improved, damaged, added] = pullRequests;
  const course = (pullRequest: typeof improved) =>
    pullRequest?.happened.map(({ by, reaction, check }) => [by, reaction, check.conclusion]);

  expect(course(improved)).toEqual([
    ["@contributor", null, null],
    ["Workflow", null, "success"],
  ]);
  expect(improved).toMatchObject({ verdict: "pass", check: { conclusion: "success" } });

  expect(course(damaged)).toEqual([
    ["@contributor", null, null],
    ["Workflow", null, "failure"],
    ["@contributor", "👎", "failure"],
    ["@owner", "👍", "failure"],
    ["Workflow", null, "failure"],
    ["@owner", "👍", "failure"],
    ["@owner", "👍", "failure"],
    ["@owner", "👍", "success"],
  ]);
  expect(damaged?.comment.body).toMatch(/Accuracy.*⚠️ waived/);
  expect(damaged?.comment.body).toMatch(/\| `body_mass_g` \| [\d.]+% out of range .*▲ drifted/);
  // The column that is damaged stands first, with the rows: every fifth, the first one included.
  expect(damaged?.comment.body).toMatch(/New errors in the data.*⚠️ waived.*rule\.body\\_mass\\_g\.min/);
  expect(damaged?.comment.body).toMatch(/\| Check \|.*\n.*\n\| `rule\.body_mass_g\.min` \|.*\| 1, 6, 11, 16, .* \| ▲ error \|/);
  expect(damaged?.comment.body).toContain("waived by `@\u200bowner`");
  // The run that the app started is the one that is shown, and trained anew.
  expect(damaged?.comment.body).toContain("event `workflow_dispatch`");
  expect(damaged?.comment.body).toContain("asked to be trained again");

  expect(course(added)).toEqual([
    ["@contributor", null, null],
    ["Workflow", null, "action_required"],
    ["@owner", null, "success"],
  ]);
  expect(added?.comment.body).toContain("**Approved** by `@\u200bowner`");

  for (const event of ["pull_request", "workflow_run", "issue_comment", "pull_request_review"])
    expect(webhooks[event]).toBeGreaterThan(0);
  expect(heard.join("\n")).toMatch(/#2 @owner: \/assay retrain species\n {3}→ 👍 check ❌ Do not promote/);

  const html = await readFile(page, "utf8");
  for (const { title } of [improvesTheModel, damagesTheData, addsAModel]) expect(html).toContain(title);
  expect(html).toContain("/assay retrain species");
  // That GitHub is no longer there.
  expect(html).toContain("full report");
  for (const server of servers) expect(html).not.toContain(`href="${server}`);

  const promoted = release?.steps.filter(({ outcome }) => outcome !== "done") ?? [];
  expect(promoted.map(({ did, outcome, stages }) => [did.replace("assay promote species ", ""), outcome, stages])).toEqual([
    ["v1.0.0 --to staging", "promoted", { staging: "v1.0.0" }],
    ["v1.0.0 --to production", "refused", { staging: "v1.0.0" }],
    ["v1.0.0 --to production", "refused", { staging: "v1.0.0" }],
    ["v1.0.0 --to production", "promoted", { staging: "v1.0.0", production: "v1.0.0" }],
    ["v1.1.0 --to staging", "promoted", { staging: "v1.1.0", production: "v1.0.0" }],
    ["v1.1.0 --to production", "promoted", { staging: "v1.1.0", production: "v1.1.0" }],
    ["v1.2.0 --to staging", "refused", { staging: "v1.1.0", production: "v1.1.0" }],
    ["v1.3.0 --to staging", "refused", { staging: "v1.1.0", production: "v1.1.0" }],
    ["v1.0.0 --to production --rollback", "promoted", { staging: "v1.1.0", production: "v1.0.0" }],
  ]);
  const [approvals, digest, reachability, evidence] = promoted.filter(({ outcome }) => outcome === "refused");
  expect(approvals?.reasons).toEqual(["production needs 2 approvals of this very result on #1, and it has @owner."]);
  expect(digest?.reasons[0]).toMatch(/was changed after it was shipped: model\.json is not what SHA256SUMS says/);
  expect(reachability?.reasons[0]).toMatch(/^Commit \w{7}, which species@v1\.2\.0 points at, is not on main/);
  expect(evidence?.reasons).toEqual([expect.stringMatching(/^No run has evidence of species with the tagged tree's inputs/)]);
  const shown = await readFile(registry ?? "", "utf8");
  expect(shown).toContain("<b>production</b> went back to <b>v1.0.0</b>");
  expect(shown).toMatch(/aria-label="Log loss of 2 versions/);
  expect(html).toContain("production needs 2 approvals of this very result");
  for (const server of servers) expect(shown).not.toContain(`href="${server}`);
}, 360_000);

it("does not stop a change that only shuffles the training rows by drift or quality", async () => {
  const shuffles: Change = {
    branch: "shuffle-training-data",
    title: "Shuffle the training data",
    edit: (clone) => {
      const path = join(clone, "data", "penguins.csv");
      const [header = "", ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
      const shuffled = rows.map((row, index) => ({ row, at: (index * 89) % rows.length })).sort((a, b) => a.at - b.at);
      writeFileSync(path, `${[header, ...shuffled.map(({ row }) => row)].join("\n")}\n`);
    },
  };
  const options = { json: true, out: join(folder, "shuffled.html"), scenes: [{ change: shuffles, acts: [] }] };
  const { pullRequests } = await demonstrate(options, () => undefined);
  const body = pullRequests[0]?.comment.body;
  expect(body).toMatch(/Drifted columns of the training data.*\| 0 \|.*✅ pass, no column has drifted/);
  expect(body).toMatch(/New errors in the data.*\| 0 \|.*✅ pass, nothing is wrong/);
  expect(body).toContain("<b>Quality</b>: nothing is wrong with <code>data/penguins.csv</code> · 206 rows");
}, 120_000);

it("says of an example that cannot be trained what is wrong, and nothing of the runner's log", async () => {
  const example = join(folder, "example");
  await cp(examplePath("penguins"), example, { recursive: true });
  const table = join(example, "data", "penguins.csv");
  await writeFile(table, `${(await readFile(table, "utf8")).split("\n")[0]}\n`);
  const failure = await demonstrate({ json: true, example }, () => undefined).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserCommandError);
  expect(String(failure)).toMatch(/was not recorded:\nspecies: data\/penguins\.csv: of 0 rows, .*none is left to train on\.$/);
}, 60_000);
