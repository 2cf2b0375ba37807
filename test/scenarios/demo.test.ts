import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { damagesTheData, improvesTheModel } from "../../src/demo/changes.ts";
import { demonstrate } from "../../src/demo/demo.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assay-demo-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("passes the pull request that improves the model and blocks the one that damages the data", async () => {
  const { pullRequests, page } = await demonstrate({ json: true, out: join(folder, "demo.html") }, () => undefined);
  const [improved, damaged] = pullRequests;
  expect(improved?.verdict).toBe("pass");
  expect(improved?.check.conclusion).toBe("success");
  expect(damaged?.verdict).toBe("fail");
  expect(damaged?.check.conclusion).toBe("failure");
  expect(damaged?.comment.body).toMatch(/Accuracy.*❌ fail/);
  const html = await readFile(page, "utf8");
  expect(html).toContain(improvesTheModel.title);
  expect(html).toContain(damagesTheData.title);
}, 180_000);
