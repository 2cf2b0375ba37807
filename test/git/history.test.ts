import { expect, it } from "vitest";
import { createRepository } from "./repository.ts";

it("lists what a branch's own commits changed, merges as a whole, the newest first", async () => {
  const repository = createRepository();
  const first = repository.commit({ a: "1" });
  repository.git("checkout", "--quiet", "-b", "side");
  repository.commit({ "c d": "1", "\nline": "1" });
  repository.commit({ e: "1" });
  repository.git("checkout", "--quiet", "main");
  const second = repository.commit({ b: "1" });
  repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "side");
  const merge = repository.git("rev-parse", "HEAD");
  repository.git("commit", "--quiet", "--allow-empty", "-m", "empty");
  const empty = repository.git("rev-parse", "HEAD");
  repository.git("mv", "a", "z");
  const renamed = repository.commit();
  const git = await repository.open();
  const all = [
    { commit: renamed, paths: ["a", "z"] },
    { commit: empty, paths: [] },
    { commit: merge, paths: ["\nline", "c d", "e"] },
    { commit: second, paths: ["b"] },
    { commit: first, paths: ["a"] },
  ];
  expect(await git.listChanges({ to: renamed, most: 10 })).toEqual(all);
  expect(await git.listChanges({ from: first, to: renamed, most: 10 })).toEqual(all.slice(0, -1));
  expect(await git.listChanges({ to: renamed, most: 2 })).toEqual(all.slice(0, 2));
  expect(await git.listChanges({ from: renamed, to: first, most: 10 })).toEqual([]);
});
