import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { damagesTheData, improvesTheModel } from "../../src/demo/changes.ts";
import { demonstrate } from "../../src/demo/demo.ts";
import { examplePath } from "../../src/demo/team.ts";
import { UserCommandError } from "../../src/errors/errors.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-demo-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("passes the pull request that improves the model and blocks the one that damages the data", async () => {
  const { pullRequests, page, serverUrl } = await demonstrate({ json: true, out: join(folder, "demo.html") }, () => undefined);
  const [improved, damaged] = pullRequests;
  expect(improved?.verdict).toBe("pass");
  expect(improved?.check.conclusion).toBe("success");
  expect(damaged?.verdict).toBe("fail");
  expect(damaged?.check.conclusion).toBe("failure");
  expect(damaged?.comment.body).toMatch(/Accuracy.*❌ fail/);
  const html = await readFile(page, "utf8");
  expect(html).toContain(improvesTheModel.title);
  expect(html).toContain(damagesTheData.title);
  // That GitHub is no longer there.
  expect(html).toContain("full report");
  expect(html).not.toContain(`href="${serverUrl}`);
}, 180_000);

it("says of an example that cannot be trained what is wrong, and nothing of the runner's log", async () => {
  const example = join(folder, "example");
  await cp(examplePath("penguins"), example, { recursive: true });
  const table = join(example, "data", "penguins.csv");
  await writeFile(table, `${(await readFile(table, "utf8")).split("\n")[0]}\n`);
  const failure = await demonstrate({ json: true, example }, () => undefined).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserCommandError);
  expect(String(failure)).toMatch(/was not recorded:\nspecies: data\/penguins\.csv: of 0 rows, .*none is left to train on\.$/);
}, 60_000);
