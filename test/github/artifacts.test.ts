import { afterAll, beforeAll, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type EmbeddedTestGitHub, startEmbeddedTestGitHub } from "./embedded-test-github.ts";

let server: EmbeddedTestGitHub;
let github: GitHub;
let runId: number;

beforeAll(async () => {
  server = await startEmbeddedTestGitHub();
  github = await createOctokitGitHub({ ...server.repository, token: server.token, apiUrl: server.apiUrl });
  const run = { repository: "acme/models", workflowPath: ".github/workflows/models.yml", event: "pull_request" };
  ({ runId } = await server.embedded.createRun({ ...run, headSha: server.headSha, headBranch: "change" }));
});
afterAll(() => server?.close());

it("lists what a run uploaded, with the digest that GitHub computed, and nothing of another run", async () => {
  const { id } = await server.embedded.addArtifact({ runId, name: "evidence", bytes: Buffer.from("{}") });
  const [artifact, ...others] = await github.artifacts.ofRun(runId);
  expect(others).toEqual([]);
  expect(artifact).toMatchObject({ id, name: "evidence", bytes: 2, expired: false, run: { id: runId, headSha: server.headSha } });
  expect(artifact?.digest).toMatch(/^sha256:44136fa355b3678a/);
  await expect(github.artifacts.ofRun(987_654)).rejects.toMatchObject({ status: 404 });
});

it.each([
  ["an archive", undefined, Buffer.from([80, 75, 5, 6, 0, 255])],
  ["a file that was uploaded as it is", "application/json", Buffer.from('{"ünï": 1}')],
])("downloads the very bytes of %s", async (_, mimeType, bytes) => {
  const { id } = await server.embedded.addArtifact({ runId, name: `bytes of ${mimeType}`, bytes, ...(mimeType && { mimeType }) });
  expect((await github.artifacts.download(id, 100)).equals(bytes)).toBe(true);
});

it("stops a download at the bytes that the caller can take", async () => {
  const { id } = await server.embedded.addArtifact({ runId, name: "huge", bytes: Buffer.alloc(5_000_000) });
  await expect(github.artifacts.download(id, 4_999_999)).rejects.toThrow(/download artifact .*more than 4999999 bytes/);
  expect(await github.artifacts.download(id, 5_000_000)).toHaveLength(5_000_000);
});

it("says that an artifact has expired, or is not there", async () => {
  const { id } = await server.embedded.addArtifact({ runId, name: "old", bytes: Buffer.from("x") });
  await server.embedded.expireArtifact(id);
  expect(await github.artifacts.ofRun(runId)).toContainEqual(expect.objectContaining({ id, expired: true }));
  await expect(github.artifacts.download(id, 10)).rejects.toMatchObject({
    status: 410,
    message: expect.stringContaining("expired"),
  });
  await expect(github.artifacts.download(987_654, 10)).rejects.toMatchObject({ status: 404 });
});

it("is sent to an address that is good for one minute", async () => {
  const { id } = await server.embedded.addArtifact({ runId, name: "signed", bytes: Buffer.from("x") });
  const url = `${server.apiUrl}/repos/acme/models/actions/artifacts/${id}/zip`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${server.token}` }, redirect: "manual" });
  const location = new URL(answer.headers.get("location") ?? "");
  const left = Number(location.searchParams.get("se")) - Date.now();
  expect(left).toBeLessThanOrEqual(60_000);
  location.searchParams.set("se", String(Date.now() + 3_600_000));
  expect((await fetch(location)).status).toBe(403);
});
