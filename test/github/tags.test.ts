import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { GitHub } from "../../src/github/github.ts";
import { createOctokitGitHub } from "../../src/github/octokit/octokit-github.ts";
import { createScene, type Scene } from "../embedded-github/scene.ts";

let scene: Scene;
let github: GitHub;
beforeEach(async () => {
  scene = await createScene();
  github = await as("write");
});
afterEach(() => scene.close());

async function as(contents: "read" | "write"): Promise<GitHub> {
  const token = scene.github.tokenFor({ repository: "octo/demo", permissions: { contents }, kind: "workflow" });
  return createOctokitGitHub({ owner: "octo", name: "demo", token, apiUrl: scene.github.url });
}

const tagger = { name: "Ann Other", email: "ann@example.org", date: "2026-03-01T10:00:00Z" };

it("reads a pushed annotated tag: its object, who made it, and the commit", async () => {
  const { work, mainSha } = scene;
  await work.git("tag", "--annotate", "--message", "Ship it\n\nreason: better", "fraud@v1.2.3", mainSha);
  await work.git("push", "--quiet", "origin", "fraud@v1.2.3");
  expect(await github.tags.read("fraud@v1.2.3")).toEqual({
    name: "fraud@v1.2.3",
    sha: await work.git("rev-parse", "refs/tags/fraud@v1.2.3"),
    type: "tag",
    commit: mainSha,
    annotation: {
      name: "fraud@v1.2.3",
      message: "Ship it\n\nreason: better",
      tagger: { name: "dev", email: "dev@example.org", date: expect.stringMatching(/^20\d\d-.*Z$/) },
      verified: false,
    },
  });
});

it("tells lightweight tags, tags of tags and tags of files", async () => {
  const { work, mainSha } = scene;
  await work.git("tag", "light", mainSha);
  await work.git("tag", "--annotate", "--message", "one", "inner", mainSha);
  await work.git("tag", "--annotate", "--message", "two", "outer", "inner");
  await work.git("tag", "file", `${mainSha}:README.md`);
  await work.git("push", "--quiet", "origin", "--tags");
  expect(await github.tags.read("light")).toEqual({
    ...{ name: "light", sha: mainSha, type: "commit", commit: mainSha, annotation: undefined },
  });
  expect(await github.tags.read("outer")).toMatchObject({ type: "tag", commit: mainSha, annotation: { name: "outer" } });
  expect(await github.tags.read("file")).toMatchObject({ type: "blob", commit: undefined });
  expect(await github.tags.read("lig")).toBeUndefined();
});

it("lists tags by how their names begin, however many there are, packed ones too", async () => {
  const { work, mainSha, github: server } = scene;
  const names = Array.from({ length: 130 }, (_, at) => `fraud@v1.${at}.0`);
  await work.gitWithInput(names.map((name) => `create refs/tags/${name} ${mainSha}\n`).join(""), "update-ref", "--stdin");
  await work.git("push", "--quiet", "origin", "--tags");
  await work.git("--git-dir", await work.git("remote", "get-url", "origin"), "pack-refs", "--all");
  await work.git("tag", "fraudulent", mainSha);
  await work.git("tag", "churn/eu@v1.0.0", mainSha);
  await work.git("push", "--quiet", "origin", "--tags");
  expect((await github.tags.list("fraud@")).map(({ name }) => name)).toEqual(names.toSorted());
  expect(await github.tags.list("churn/")).toEqual([{ name: "churn/eu@v1.0.0", sha: mainSha, type: "commit" }]);
  expect(await github.tags.list("")).toHaveLength(132);
  expect(await github.tags.list("none")).toEqual([]);
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
});

it("makes an annotated tag that git reads, once", async () => {
  const { work, mainSha, featureSha } = scene;
  const request = { name: "fraud#staging#2", commit: mainSha, message: "fraud v1.2.3 is in staging", tagger };
  const made = await github.tags.create(request);
  expect(made).toEqual(await github.tags.read("fraud#staging#2"));
  expect(made).toMatchObject({
    type: "tag",
    commit: mainSha,
    annotation: { name: request.name, message: request.message, tagger },
  });
  await work.git("fetch", "--quiet", "origin", "tag", request.name);
  expect(await work.git("cat-file", "-p", request.name)).toBe(
    [
      `object ${mainSha}`,
      "type commit",
      `tag ${request.name}`,
      "tagger Ann Other <ann@example.org> 1772359200 +0000",
      "",
      request.message,
    ].join("\n"),
  );
  expect(await work.git("for-each-ref", "--format=%(refname:short) %(*objectname)", "refs/tags")).toBe(
    `${request.name} ${mainSha}`,
  );
  expect(await github.tags.create({ ...request, commit: featureSha })).toBe("exists");
  expect(await github.tags.read(request.name)).toEqual(made);
});

it("is asked for once, also where the answer was lost", async () => {
  scene.github.failNext({ method: "POST", pathPattern: /git\/refs$/, status: 502, afterEffect: true });
  const request = { name: "v1", commit: scene.mainSha, message: "m", tagger };
  await expect(github.tags.create(request)).rejects.toMatchObject({ status: 502 });
  const made = await github.tags.read("v1");
  expect(made).toMatchObject({ commit: scene.mainSha, annotation: { tagger } });
  expect(await github.tags.create(request)).toBe("exists");
  expect(scene.github.requests.filter(({ method }) => method === "POST")).toHaveLength(4);
});

it("is made by whoever asks, where nobody is named", async () => {
  const made = await github.tags.create({ name: "v1", commit: scene.mainSha, message: "m" });
  expect(made).toMatchObject({ annotation: { tagger: { name: "github-actions[bot]" } } });
});

it("makes one tag of several that are asked for at once", async () => {
  const commits = [scene.mainSha, scene.featureSha];
  const made = await Promise.all(commits.map((commit) => github.tags.create({ name: "v1", commit, message: "m", tagger })));
  expect(made.filter((one) => one === "exists")).toHaveLength(1);
  expect(made).toContainEqual(await github.tags.read("v1"));
});

it("names the permission that it takes, and says what is refused", async () => {
  const reader = await as("read");
  await expect(reader.tags.create({ name: "v1", commit: scene.mainSha, message: "m" })).rejects.toThrow(
    /create tag v1 in octo\/demo.*contents: write/s,
  );
  await expect(github.tags.create({ name: "v1", commit: "1".repeat(40), message: "m" })).rejects.toMatchObject({ status: 422 });
});

it("tells the app of new tags: those that are pushed, made through the API, and made by a release", async () => {
  const { github: server, work, mainSha } = scene;
  const received: { ref?: string; ref_type?: string; action?: string; sender: { login: string } }[] = [];
  const releases: (string | undefined)[] = [];
  const app = createServer(async (request, response) => {
    const payload = JSON.parse(await text(request));
    if (request.headers["x-github-event"] === "create") received.push(payload);
    if (request.headers["x-github-event"] === "release") releases.push(payload.action);
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  try {
    const webhookUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
    const { id } = await server.createApp({
      ...{ slug: "listener", permissions: { contents: "read" }, events: ["create", "release"], webhookUrl, webhookSecret: "s" },
    });
    await server.installApp(id, ["octo/demo"]);
    await work.git("push", "--quiet", "origin", `${mainSha}:refs/tags/pushed`);
    await server.announceTag({ repository: "octo/demo", tag: "pushed", by: "dev" });
    await github.tags.create({ name: "made", commit: mainSha, message: "m" });
    await github.releases.create({ tag: "released", name: "r", body: "", prerelease: false, target: mainSha });
    await server.settled();
    expect(received.map(({ ref, ref_type, action, sender }) => [ref, ref_type, action, sender.login])).toEqual([
      ["pushed", "tag", undefined, "dev"],
      ["made", "tag", undefined, "github-actions[bot]"],
      ["released", "tag", undefined, "github-actions[bot]"],
    ]);
    expect(releases.toSorted()).toEqual(["published", "released"]);
    await expect(server.announceTag({ repository: "octo/demo", tag: "none", by: "dev" })).rejects.toThrow(/no tag none/);
  } finally {
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  }
});
