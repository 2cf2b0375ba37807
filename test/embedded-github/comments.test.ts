import { afterAll, beforeAll, expect, it } from "vitest";
import { createScene, inDemo, refusal, repository, type Scene } from "./scene.ts";

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

it("keeps comments of several authors in order and pages them, 30 unless asked, at most 100", async () => {
  const { issues } = scene.octokit.rest;
  for (let at = 0; at < 104; at++) await scene.github.addComment({ number, author: "guest", body: `comment ${at}` });
  const own = await issues.createComment({ ...inDemo, issue_number: number, body: "ours" });
  expect(own.data.user).toMatchObject({ login: "github-actions[bot]", id: 41898282, type: "Bot" });
  const page = async (query: object) => issues.listComments({ ...inDemo, issue_number: number, ...query });
  const sizes = [
    (await page({})).data.length,
    (await page({ per_page: 1000 })).data.length,
    (await page({ per_page: 100, page: 2 })).data.length,
  ];
  expect(sizes).toEqual([30, 100, 5]);
  expect((await page({ page: 2 })).headers.link).toMatch(
    /page=1>; rel="prev".*page=3>; rel="next".*page=4>; rel="last".*page=1>; rel="first"/,
  );
  const all = await scene.octokit.paginate(issues.listComments, { ...inDemo, issue_number: number, per_page: 100 });
  expect([all.length, all[0]?.body, all.at(-1)?.id]).toEqual([105, "comment 0", own.data.id]);
  expect(scene.github.comments(number)).toHaveLength(105);
});

it("edits and deletes", async () => {
  const { issues } = scene.octokit.rest;
  const { data } = await issues.createComment({ ...inDemo, issue_number: number, body: "first" });
  await issues.updateComment({ ...inDemo, comment_id: data.id, body: "second" });
  expect((await issues.getComment({ ...inDemo, comment_id: data.id })).data.body).toBe("second");
  await issues.deleteComment({ ...inDemo, comment_id: data.id });
  expect(await refusal(issues.getComment({ ...inDemo, comment_id: data.id }))).toMatchObject({ status: 404 });
});

it("takes 65,536 characters and no more, and no blank body", async () => {
  const { issues } = scene.octokit.rest;
  const create = (body: string) => issues.createComment({ ...inDemo, issue_number: number, body });
  expect((await create("x".repeat(65_536))).status).toBe(201);
  expect(await refusal(create("x".repeat(65_537)))).toMatchObject({
    status: 422,
    message: expect.stringContaining("Body is too long (maximum is 65536 characters)"),
  });
  expect(await refusal(create(" "))).toMatchObject({ status: 422 });
  expect(await refusal(issues.createComment({ ...inDemo, issue_number: 999, body: "x" }))).toMatchObject({ status: 404 });
});
