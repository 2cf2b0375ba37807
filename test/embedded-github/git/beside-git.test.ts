import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readCommit, resolveCommit, writeCommit } from "../../../src/embedded-github/git/commits.ts";
import { commitsBetween, isAncestor, mergeBaseOf } from "../../../src/embedded-github/git/history.ts";
import { openObjects } from "../../../src/embedded-github/git/objects.ts";
import { isEmpty, moveRef, readRef, setRef } from "../../../src/embedded-github/git/refs.ts";
import { createGitRepository, type GitRepository } from "../../../src/embedded-github/git/repository.ts";
import { findEntry, listTree, writeTree } from "../../../src/embedded-github/git/trees.ts";
import { createRandom } from "../../../src/statistics/random.ts";

let folder: string;
let repository: GitRepository;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "assay-git-"));
  repository = await createGitRepository(join(folder, "a.git"), "main");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execFileSync("git", ["-C", repository.folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trimEnd();

it("says of a history with merges what git says", async () => {
  const random = createRandom(7);
  const tree = await writeTree(repository, undefined, []);
  const commits: string[] = [];
  for (let number = 0; number < 24; number += 1) {
    const parents = [...new Set(Array.from({ length: random.below(4) }, () => commits[random.below(commits.length)]))];
    const date = new Date(1_700_000_000_000 + number * 1_000).toISOString();
    const committer = { name: "somebody", email: "somebody@example.com", date };
    const known = parents.filter((parent) => parent !== undefined);
    commits.push(await writeCommit(repository, { tree, parents: known, message: `${number}`, committer }));
  }
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  for (const one of commits.slice(12))
    for (const other of commits.slice(6)) {
      const bases = spawned("merge-base", "--all", one, other);
      const base = await mergeBaseOf(repository, one, other);
      expect(base === undefined ? [] : [base]).toEqual(bases.filter((candidate) => candidate === base));
      expect(base === undefined).toBe(bases.length === 0);
      expect(await commitsBetween(repository, other, one)).toEqual(lines(git("rev-list", `${other}..${one}`)));
      expect(await isAncestor(repository, other, one)).toBe(bases.includes(other));
    }

  function spawned(...args: string[]): readonly string[] {
    try {
      return lines(git(...args));
    } catch {
      return [];
    }
  }
});

it("writes trees that git reads and finds in order", async () => {
  const blob = await repository.objects.write("blob", Buffer.from("one\n"));
  const paths = ["a.txt", "a/b/c.txt", "a/b.txt", "a-b", "é/ü.txt", "z"];
  const changes = paths.map((path) => ({ path, mode: path === "z" ? "100755" : "100644", sha: blob }));
  const whole = await writeTree(repository, undefined, changes);
  const less = await writeTree(repository, whole, [
    { path: "a/b/c.txt", mode: "", sha: undefined },
    { path: "é/ü.txt", mode: "", sha: undefined },
    { path: "a.txt/now-a-folder", mode: "100644", sha: blob },
  ]);
  const commit = await writeCommit(repository, { tree: less, parents: [], message: "Trees\n\nand more\n" });
  await setRef(repository, "refs/heads/main", commit);
  git("fsck", "--strict", "--full");
  expect(git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", whole).split("\n").toSorted()).toEqual(
    paths.toSorted(),
  );
  expect((await listTree(repository, less, true)).map(({ mode, path }) => `${mode} ${path}`)).toEqual([
    "100644 a-b",
    "040000 a.txt",
    "100644 a.txt/now-a-folder",
    "040000 a",
    "100644 a/b.txt",
    "100755 z",
  ]);
  expect(await findEntry(repository, commit, "a/b.txt")).toEqual({
    mode: "100644",
    type: "blob",
    sha: blob,
    size: 4,
    path: "a/b.txt",
  });
  expect(await findEntry(repository, commit, "a/b/c.txt")).toBeUndefined();
  expect(git("log", "--format=%B%an <%ae>", "main")).toBe("Trees\n\nand more\nGitHub <noreply@github.com>");
  await expect(writeTree(repository, less, [{ path: "../x", mode: "100644", sha: blob }])).rejects.toThrow("malformed path");
});

it("reads what git has packed", async () => {
  expect(await isEmpty(repository)).toBe(true);
  const stream =
    "commit refs/heads/main\ncommitter A. Author <a@example.com> 1700000000 +0200\ndata 5\nFirst\nM 100644 inline f\ndata 1\n1\n";
  execFileSync("git", ["-C", repository.folder, "fast-import", "--quiet"], { input: stream });
  execFileSync("git", [
    "-C",
    repository.folder,
    "-c",
    "user.name=A",
    "-c",
    "user.email=a@b.c",
    "tag",
    "-a",
    "-m",
    "v1",
    "v1",
    "main",
  ]);
  const main = git("rev-parse", "main");
  git("repack", "-a", "-d", "-q");
  git("pack-refs", "--all");
  const packed = { ...repository, objects: openObjects(repository.folder) };
  expect(await isEmpty(packed)).toBe(false);
  expect(await resolveCommit(packed, "main")).toBe(main);
  expect(await resolveCommit(packed, "HEAD")).toBe(main);
  expect(await resolveCommit(packed, "v1")).toBe(main);
  expect(await readRef(packed, "refs/tags/v1")).toBe(git("rev-parse", "v1"));
  expect(await readCommit(packed, main)).toMatchObject({
    author: { name: "A. Author", email: "a@example.com", date: "2023-11-14T22:13:20Z" },
    message: "First",
    parents: [],
  });
  expect((await findEntry(packed, main, "f"))?.size).toBe(1);
});

it("moves a ref only from where it is, and never while git does", async () => {
  const tree = await writeTree(repository, undefined, []);
  const [one, two] = [
    await writeCommit(repository, { tree, parents: [], message: "one" }),
    await writeCommit(repository, { tree, parents: [], message: "two" }),
  ];
  const ref = "refs/heads/a/b";
  await moveRef(repository, ref, one, undefined);
  await expect(moveRef(repository, ref, two, undefined)).rejects.toThrow("is not at none any more");
  await expect(moveRef(repository, ref, one, two)).rejects.toThrow("any more");
  await expect(moveRef(repository, "refs/heads/a", one, undefined)).rejects.toThrow("are part of each other");
  const moves = await Promise.allSettled([moveRef(repository, ref, two, one), moveRef(repository, ref, two, one)]);
  expect(moves.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(git("rev-parse", ref)).toBe(two);
  git("update-ref", ref, one, two);
  expect(await readRef(repository, ref)).toBe(one);
});
