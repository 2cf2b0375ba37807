import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { createCommandGit } from "../../src/git/command-git.ts";
import type { Git } from "../../src/git/git.ts";
import { parseListing } from "../../src/git/listing.ts";
import { cloneRepository, createRepository, processes, type Repository, temporaryFolder } from "./repository.ts";

const oddNames = [
  "with space.txt",
  "line\nbreak.txt",
  "größe/日本.txt",
  '"quoted".txt',
  "back\\slash.txt",
  ":(exclude)x",
  "-dash",
  "[a]*?.txt",
];

const committed = async (git: Git, commit: string, paths?: readonly string[]) =>
  parseListing(await git.listTreeRaw(commit, paths));
const inWorkTree = async (git: Git, paths?: readonly string[]) => parseListing(await git.listWorkTreeRaw(paths));

describe("a git repository", () => {
  let repository: Repository;
  let git: Git;
  let first: string;
  let second: string;
  beforeAll(async () => {
    repository = createRepository();
    for (const name of oddNames) repository.write(name, `content of ${name}`);
    symlinkSync("somewhere/else", join(repository.folder, "link"));
    repository.write("run.sh", "echo\n");
    chmodSync(join(repository.folder, "run.sh"), 0o755);
    repository.write("dir/a.txt", "a");
    repository.write("dir.txt", "beside");
    first = repository.commit();
    repository.remove("dir/a.txt");
    second = repository.commit({ "dir/b.txt": "b" });
    git = await repository.open();
  });
  afterAll(() => repository.delete());

  it("is found from a folder inside it", async () => {
    mkdirSync(join(repository.folder, "dir"), { recursive: true });
    expect((await createCommandGit(join(repository.folder, "dir"), processes)).root).toBe(repository.folder);
  });

  it("is refused where there is none, and without git, with the fix", async () => {
    const folder = temporaryFolder();
    await expect(createCommandGit(folder, processes)).rejects.toThrow(UsageError);
    await expect(createCommandGit(folder, processes)).rejects.toThrow(/not in the work tree of a git repository.*git init/);
    await expect(createCommandGit(folder, processes, { PATH: folder })).rejects.toThrow("`git` was not found");
  });

  it("does not follow GIT_DIR of the program that started it", async () => {
    const other = await createCommandGit(repository.folder, processes, {
      ...process.env,
      GIT_DIR: "/nowhere",
      GIT_INDEX_FILE: "/nowhere",
    });
    expect(await other.resolve("HEAD")).toBe(second);
  });

  it("resolves revisions and knows what is not there", async () => {
    expect(await git.resolve("main~1")).toBe(first);
    expect(await git.resolve("0".repeat(40))).toBeUndefined();
    expect(await git.resolve("--version")).toBeUndefined();
    expect(await git.parents(second)).toEqual([first]);
    expect(await git.parents(first)).toEqual([]);
    expect(await git.mergeBase(first, second)).toBe(first);
    expect(await git.currentBranch()).toBe("main");
    expect(await git.defaultBranch()).toBe("main");
    expect(await git.isShallow()).toBe(false);
  });

  it("lists and reads names of every kind", async () => {
    const entries = new Map((await committed(git, first)).map((entry) => [entry.path, entry]));
    for (const name of oddNames) expect(entries.get(name)?.mode).toBe("100644");
    expect(entries.get("link")?.mode).toBe("120000");
    expect(entries.get("run.sh")?.mode).toBe("100755");
    const contents = await git.readMany(first, [...oddNames, "link", "not there", "dir"]);
    for (const name of oddNames) expect(contents.get(name)?.toString()).toBe(`content of ${name}`);
    expect(contents.get("link")?.toString()).toBe("somewhere/else");
    expect(contents.size).toBe(oddNames.length + 1);
    expect((await git.read(first, "line\nbreak.txt"))?.toString()).toBe("content of line\nbreak.txt");
    expect(await git.read(first, "not there")).toBeUndefined();
  });

  it("lists only what lies at or below the paths, literally", async () => {
    const below = async (...paths: string[]) => (await committed(git, second, paths)).map(({ path }) => path);
    expect(await below("dir")).toEqual(["dir/b.txt"]);
    expect(await below("dir/", "run.sh")).toEqual(["dir/b.txt", "run.sh"]);
    expect(await below("[a]*?.txt", ":(exclude)x", "missing")).toEqual([":(exclude)x", "[a]*?.txt"]);
    expect(await below(...Array.from({ length: 3_000 }, (_, index) => `some/longer/missing/path/${index}`), "dir")).toEqual([
      "dir/b.txt",
    ]);
  });

  it("leaves out what is larger than asked for", async () => {
    expect([...(await git.readMany(second, ["dir/b.txt", "run.sh"], 1)).keys()]).toEqual(["dir/b.txt"]);
  });

  it("checks a commit out beside the work tree and takes it away again", async () => {
    const folder = join(temporaryFolder(), "tree");
    const worktree = await git.addWorktree(first, folder);
    expect(readFileSync(join(folder, "dir/a.txt"), "utf8")).toBe("a");
    await worktree.remove();
    expect(() => readFileSync(join(folder, "dir/a.txt"))).toThrow();
    expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
  });
});

describe("the work tree", () => {
  it("has the ids that a commit of it would have", async () => {
    const repository = createRepository();
    repository.write("kept.txt", "kept");
    repository.write("changed.txt", "old");
    repository.write("staged.txt", "old");
    repository.write("gone.txt", "gone");
    repository.write("unstaged gone.txt", "gone");
    repository.write("becomes link", "file");
    repository.write(".gitignore", "ignored\n");
    for (const name of oddNames) repository.write(name, "old");
    repository.commit();
    const git = await repository.open();
    expect((await git.status()).changes).toEqual([]);

    repository.write("changed.txt", "new");
    for (const name of oddNames) repository.write(name, `new ${name}`);
    repository.write("staged.txt", "new");
    repository.git("add", "staged.txt");
    repository.git("rm", "--quiet", "gone.txt");
    repository.remove("unstaged gone.txt");
    repository.remove("becomes link");
    symlinkSync("ünicode target", join(repository.folder, "becomes link"));
    repository.write("new/file.txt", "new");
    repository.write("new/run.sh", "new");
    chmodSync(join(repository.folder, "new/run.sh"), 0o755);
    repository.git("add", "new");
    repository.write("ignored", "x");

    const listed = await inWorkTree(git);
    const some = await inWorkTree(git, ["new", "staged.txt"]);
    const commit = repository.commit();
    expect(listed).toEqual(await committed(git, commit));
    expect(listed.map(({ path }) => path)).not.toContain("ignored");
    expect(some.map(({ path }) => path)).toEqual(["new/file.txt", "new/run.sh", "staged.txt"]);
    repository.delete();
  });

  it("finds the files that a checkout would have left otherwise, with line ends and filters as the checkout has them", async () => {
    const repository = createRepository();
    repository.git("config", "filter.rot.clean", "tr a-z n-za-m");
    repository.git("config", "filter.rot.smudge", "tr a-z n-za-m");
    // What was committed with CRLF before `text=auto` stays so in a checkout, though it would be committed otherwise today.
    repository.commit({ "old.txt": "old\r\n" });
    const commit = repository.commit({
      ".gitattributes": "old.txt text=auto\nends.txt text eol=crlf\nfiltered.txt filter=rot\n",
      "ends.txt": "a\r\nb\r\n",
      "filtered.txt": "secret",
      'sub/a "quoted" name.txt': "plain\r\n",
      "same.txt": "same",
    });
    const git = await repository.open();
    const folder = join(temporaryFolder(), "tree");
    await git.addWorktree(commit, folder);
    for (const at of [folder, repository.folder])
      expect(await git.findDiffering(at, parseListing(await git.listTreeRaw(commit)))).toEqual([]);
    for (const path of ["ends.txt", "filtered.txt", 'sub/a "quoted" name.txt', "same.txt", "old.txt"]) {
      writeFileSync(join(folder, path), "other");
      const differing = await git.findDiffering(folder, parseListing(await git.listTreeRaw(commit)));
      expect(differing.map((entry) => entry.path)).toContain(path);
    }
    expect(await git.findDiffering(repository.folder, parseListing(await git.listTreeRaw(commit)))).toEqual([]);
    repository.delete();
  });

  it("says which file has conflicts", async () => {
    const repository = createRepository();
    repository.commit({ "a b.txt": "base" });
    repository.git("checkout", "--quiet", "-b", "other");
    repository.commit({ "a b.txt": "other" });
    repository.git("checkout", "--quiet", "main");
    repository.commit({ "a b.txt": "main" });
    expect(() => repository.git("merge", "other")).toThrow();
    await expect((await repository.open()).listWorkTreeRaw()).rejects.toThrow("a b.txt has merge conflicts");
    repository.delete();
  });

  it("runs nothing that the repository's configuration names as a monitor or hook", async () => {
    const repository = createRepository();
    repository.commit({ "a.txt": "a" });
    const trap = join(repository.folder, ".git", "trap.sh");
    repository.write(".git/trap.sh", `#!/bin/sh\ntouch ${JSON.stringify(join(repository.folder, ".git", "sprung"))}\n`);
    repository.write(".git/hooks/post-checkout", readFileSync(trap));
    chmodSync(trap, 0o755);
    chmodSync(join(repository.folder, ".git/hooks/post-checkout"), 0o755);
    repository.git("config", "core.fsmonitor", trap);
    const git = await repository.open();
    await git.status();
    await (await git.addWorktree("HEAD", join(temporaryFolder(), "tree"))).remove();
    expect(() => readFileSync(join(repository.folder, ".git", "sprung"))).toThrow();
    repository.delete();
  });
});

describe("a shallow clone", () => {
  it("fetches one commit without the rest of the history", async () => {
    const origin = createRepository();
    const first = origin.commit({ "a.txt": "1" });
    const second = origin.commit({ "a.txt": "2" });
    const third = origin.commit({ "a.txt": "3" });
    const clone = cloneRepository(origin.folder, "--depth=1");
    const git = await clone.open();
    expect(await git.isShallow()).toBe(true);
    expect(await git.parents(third)).toEqual([second]);
    expect(await git.resolve(second)).toBeUndefined();
    await git.fetchCommit(second);
    expect((await git.read(second, "a.txt"))?.toString()).toBe("2");
    expect(await git.resolve(first)).toBeUndefined();
    await expect(git.fetchCommit("f".repeat(40))).rejects.toThrow(`could not fetch commit ${"f".repeat(40)}`);
    origin.delete();
    clone.delete();
  });

  it("stays complete when a complete clone fetches", async () => {
    const origin = createRepository();
    const first = origin.commit({ "a.txt": "1" });
    const clone = cloneRepository(origin.folder);
    const second = origin.commit({ "a.txt": "2" });
    const git = await clone.open();
    await git.fetchCommit(second);
    expect(await git.isShallow()).toBe(false);
    expect(await git.mergeBase(first, second)).toBe(first);
    origin.delete();
    clone.delete();
  });
});

describe("a SHA-256 repository", () => {
  it("lists, reads and hashes links", async () => {
    const repository = createRepository();
    execFileSync("rm", ["-rf", join(repository.folder, ".git")]);
    repository.git("init", "--quiet", "--object-format=sha256");
    repository.commit({ "a.txt": "a" });
    symlinkSync("a.txt", join(repository.folder, "link"));
    repository.git("add", "link");
    const git = await repository.open();
    const listed = await inWorkTree(git);
    expect(listed).toEqual(await committed(git, repository.commit()));
    expect(listed[1]?.id).toHaveLength(64);
    repository.delete();
  });
});
