import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedGitHub } from "../../src/embedded-github/embedded-github.ts";
import { createScene, everything, inDemo, refusal, repository, type Scene } from "./scene.ts";

let scene: Scene;
let number: number;
beforeAll(async () => {
  scene = await createScene();
  ({ number } = await scene.github.createPullRequest({
    repository,
    title: "T",
    headRef: "feature",
    baseRef: "main",
    author: "dev",
  }));
});
afterAll(() => scene.close());

describe("tokens", () => {
  it("are needed, and must be known", async () => {
    const url = `${scene.github.url}/repos/${repository}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer nothing" } })).status).toBe(401);
  });

  it("open what their permissions say and answer 403 for the rest", async () => {
    const reader = scene.as({ contents: "read", "pull-requests": "read" });
    expect((await reader.rest.repos.get(inDemo)).data).toMatchObject({ full_name: repository, default_branch: "main" });
    await reader.rest.repos.getContent({ ...inDemo, path: "README.md" });
    const refused = [
      reader.rest.repos.createOrUpdateFileContents({ ...inDemo, path: "a", message: "m", content: "" }),
      reader.rest.issues.createComment({ ...inDemo, issue_number: number, body: "x" }),
      reader.rest.checks.create({ ...inDemo, name: "x", head_sha: scene.mainSha }),
      reader.rest.actions.listArtifactsForRepo(inDemo),
      reader.rest.repos.createRelease({ ...inDemo, tag_name: "v" }),
    ].map(refusal);
    for (const { status, message } of await Promise.all(refused)) {
      expect([status, message]).toEqual([403, expect.stringContaining("Resource not accessible by integration")]);
    }
  });

  it("see no other repository", async () => {
    await scene.github.createRepository({ owner: "octo", name: "other" });
    expect(await refusal(scene.octokit.rest.repos.get({ owner: "octo", repo: "other" }))).toMatchObject({ status: 404 });
  });

  it("name their account: a workflow's only by GraphQL, a person's also as /user", async () => {
    const query = "query { viewer { login databaseId } }";
    expect(await scene.octokit.graphql(query)).toEqual({ viewer: { login: "github-actions[bot]", databaseId: 41898282 } });
    expect(await refusal(scene.octokit.rest.users.getAuthenticated())).toMatchObject({ status: 403 });
    const person = scene.as(everything, "user", "reviewer");
    const { data } = await person.rest.users.getAuthenticated();
    expect(await person.graphql(query)).toEqual({ viewer: { login: "reviewer", databaseId: data.id } });
  });
});

it("says who may do what in the repository", async () => {
  const of = async (username: string) => {
    const { data } = await scene.octokit.rest.repos.getCollaboratorPermissionLevel({ ...inDemo, username });
    return [data.permission, data.role_name];
  };
  expect(await of("octo")).toEqual(["admin", "admin"]);
  expect(await of("reviewer")).toEqual(["write", "write"]);
  expect(await of("triager")).toEqual(["read", "triage"]);
  expect(await of("dev")).toEqual(["none", "none"]);
  expect(await refusal(of("nobody-at-all"))).toMatchObject({ status: 404 });
});

it("names branches and whether they are protected", async () => {
  const branch = async (name: string) => (await scene.octokit.rest.repos.getBranch({ ...inDemo, branch: name })).data;
  expect(await branch("main")).toMatchObject({ protected: false, commit: { sha: scene.mainSha } });
  expect(await branch("locked")).toMatchObject({ protected: true });
  expect(await refusal(branch("nothing"))).toMatchObject({ status: 404 });
});

it("answers 404 to requests that it does not know, and records them", async () => {
  const github = await startEmbeddedGitHub();
  const response = await fetch(`${github.url}/repos/octo/demo/stargazers?page=2`);
  expect([response.status, await response.json()]).toMatchObject([404, { message: "Not Found" }]);
  expect(github.unknownRequests).toEqual(["GET /repos/octo/demo/stargazers"]);
  await github.createRepository({ owner: "octo", name: "demo" });
  const authorization = `token ${github.tokenFor({ repository, kind: "workflow", permissions: {} })}`;
  await fetch(`${github.url}/graphql`, {
    method: "POST",
    body: JSON.stringify({ query: "{ viewer { bio } }" }),
    headers: { authorization },
  });
  expect(github.unknownRequests).toHaveLength(2);
  await github.close();
});

it("answers 400 to what is no JSON", async () => {
  const token = scene.github.tokenFor({ repository, kind: "workflow", permissions: everything });
  const url = `${scene.github.url}/repos/${repository}/issues/${number}/comments`;
  const response = await fetch(url, { method: "POST", body: "{", headers: { authorization: `token ${token}` } });
  expect([response.status, await response.json()]).toMatchObject([400, { message: "Problems parsing JSON" }]);
});

it("fails on purpose: before the effect, or after it", async () => {
  const { github, octokit } = scene;
  const create = () => octokit.rest.issues.createComment({ ...inDemo, issue_number: number, body: "x" });
  const before = github.comments(number).length;
  github.failNext({ method: "POST", pathPattern: "/comments", status: 502 });
  expect(await refusal(create())).toMatchObject({ status: 502 });
  expect(github.comments(number)).toHaveLength(before);
  github.failNext({ method: "POST", pathPattern: /\/issues\/\d+\/comments$/, status: 502, times: 2, afterEffect: true });
  expect(await refusal(create())).toMatchObject({ status: 502 });
  expect(await refusal(create())).toMatchObject({ status: 502 });
  expect(github.comments(number)).toHaveLength(before + 2);
  expect((await create()).status).toBe(201);
});
