import { expect, it } from "vitest";
import { createRepository } from "./repository.ts";

const tagOn = (repository: ReturnType<typeof createRepository>, name: string, object: string, type: string, rest: string) => {
  repository.write(".git/made", `object ${object}\ntype ${type}\ntag ${name}\n${rest}`);
  repository.git("update-ref", `refs/tags/${name}`, repository.git("hash-object", "-t", "tag", "-w", ".git/made"));
};

it("lists annotated tags on commits, with who, when and why", async () => {
  const repository = createRepository();
  const commit = repository.commit({ a: "1" });
  const tagger = "tagger Ann Example <ann@example.com> 1777886400 -0330";
  tagOn(repository, "fraud@v1.0.0", commit, "commit", `${tagger}\n\n  Two lines,\nand a "%00" \\0.  \n\n`);
  tagOn(
    repository,
    "fraud@v1.1.0",
    commit,
    "commit",
    `tagger Jörg <> 0 +0000\n\nsigned\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n`,
  );
  repository.git("tag", "light");
  tagOn(repository, "on-a-tree", repository.git("rev-parse", "HEAD^{tree}"), "tree", `${tagger}\n\ntree\n`);
  tagOn(repository, "on-a-tag", repository.git("rev-parse", "fraud@v1.0.0"), "tag", `${tagger}\n\ntag\n`);
  tagOn(repository, "by-nobody", commit, "commit", "\nno tagger\n");

  const tags = await (await repository.open()).listTags();

  const committedAt = Number(repository.git("log", "-1", "--format=%ct"));
  expect(tags).toEqual([
    expect.objectContaining({ name: "by-nobody", tagger: { name: "", email: "" }, message: "no tagger" }),
    {
      name: "fraud@v1.0.0",
      id: repository.git("rev-parse", "refs/tags/fraud@v1.0.0"),
      commit,
      committedAt,
      tagger: { name: "Ann Example", email: "ann@example.com" },
      taggedAt: 1777886400,
      offsetMinutes: -210,
      message: 'Two lines,\nand a "%00" \\0.',
    },
    expect.objectContaining({ name: "fraud@v1.1.0", tagger: { name: "Jörg", email: "" }, taggedAt: 0, message: "signed" }),
  ]);
});

it("lists none where there are none", async () => {
  const repository = createRepository();
  expect(await (await repository.open()).listTags()).toEqual([]);
});

it("tells which tagged commits have a commit in their history", async () => {
  const repository = createRepository();
  const first = repository.commit({ a: "1" });
  repository.git("tag", "-a", "-m", "first", "v1");
  const second = repository.commit({ a: "2" });
  repository.git("tag", "light");
  const third = repository.commit({ a: "3" });
  repository.git("tag", "-a", "-m", "third", "v3");
  const git = await repository.open();
  expect(await git.taggedSince(first)).toEqual(new Set([first, third]));
  expect(await git.taggedSince(second)).toEqual(new Set([third]));
});
