import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Permissions } from "../../src/embedded-github/embedded-github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../openapi/checked-github.ts";

let server: CheckedGitHub;
beforeAll(async () => {
  server = await startCheckedGitHub();
  await server.createRepository({
    owner: "acme",
    name: "models",
    collaborators: {
      ...{ keeper: "maintain", writer: "write", sorter: "triage", reader: "read" },
      scientist: { role: "data scientist", base: "write" },
      intern: { role: "intern", base: "triage" },
    },
    settings: { organisation: { groups: [], teams: [{ slug: "owners", members: ["writer"], invited: ["reader"] }] } },
  });
  await server.createRepository({ owner: "someone", name: "models" });
});
afterAll(() => server?.close());

async function collaborators(permissions: Permissions, owner = "acme") {
  const token = server.tokenFor({ repository: `${owner}/models`, permissions, kind: "workflow" });
  return (await createOctokitGitHub({ owner, name: "models", token, apiUrl: server.url })).collaborators;
}

describe("what somebody may do in the repository", () => {
  it.each([
    ["acme", "admin"],
    ["keeper", "maintain"],
    ["writer", "write"],
    ["sorter", "triage"],
    ["reader", "read"],
    ["github-actions[bot]", "none"],
    ["nobody", "none"],
  ])("is known of %s: %s", async (login, permission) => {
    expect(await (await collaborators({})).permission(login)).toBe(permission);
  });

  it("is what a role is made from where an organisation made it up", async () => {
    const { permission } = await collaborators({});
    expect([await permission("scientist"), await permission("intern")]).toEqual(["write", "read"]);
  });
});

describe("membership of a team", () => {
  it("is for members only, not for those who are invited or elsewhere", async () => {
    const { isTeamMember } = await collaborators({ members: "read" });
    const asked = ["writer", "reader", "keeper"].map((login) => isTeamMember("acme", "owners", login));
    expect(await Promise.all(asked)).toEqual([true, false, false]);
    expect(await isTeamMember("acme", "no-team", "writer")).toBe(false);
  });

  it("is asked again, and not unknown, where a limit is used up", async () => {
    const { isTeamMember } = await collaborators({ members: "read" });
    server.failNext({ method: "GET", pathPattern: "/memberships/", status: 403, retryAfter: 60 });
    await expect(isTeamMember("acme", "owners", "writer")).rejects.toMatchObject({ status: 403, retryAt: expect.any(Date) });
  });

  it("is unknown without the permission, and nobody's where no organisation owns the repository", async () => {
    expect(await (await collaborators({})).isTeamMember("acme", "owners", "writer")).toBeUndefined();
    expect(await (await collaborators({ members: "read" }, "someone")).isTeamMember("someone", "owners", "writer")).toBe(false);
  });
});
