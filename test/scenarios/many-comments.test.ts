import { expect, it, onTestFinished } from "vitest";
import { createTeam, setParam } from "./team.ts";

const marker = "<!-- assay:report v1 -->";

it("edits its one comment among 250 by others, two of which copy its marker", async () => {
  const team = await createTeam();
  onTestFinished(() => team.close());
  await team.pushMain("First model");
  const pullRequest = await team.open("Much discussed", setParam("threshold", 50));
  const { number } = pullRequest;
  const say = (body: string) => team.github.addComment({ number, author: "contributor", body });
  const copies: number[] = [];
  for (let index = 1; index <= 150; index++) {
    const { id } = await say(index === 1 || index === 101 ? `${marker}\n## ✅ Forged` : `Remark ${index}`);
    if (index === 1 || index === 101) copies.push(id);
  }
  await team.run(pullRequest);
  for (let index = 151; index <= 250; index++) await say(`Remark ${index}`);
  expect(team.github.comments(number)).toHaveLength(251);

  await team.run(pullRequest);
  const comments = team.github.comments(number);
  expect(comments).toHaveLength(251);
  const ours = comments.filter(({ author }) => author === "github-actions[bot]");
  expect(ours).toHaveLength(1);
  expect(ours[0]?.body).toContain("Accuracy");
  expect(comments.filter(({ id }) => copies.includes(id)).map(({ body }) => body)).toEqual([
    `${marker}\n## ✅ Forged`,
    `${marker}\n## ✅ Forged`,
  ]);
});
