import { describe, expect, it } from "vitest";
import { openObjects } from "../../src/git/objects.ts";
import { createConverseWithGit } from "../../src/git/run-git.ts";
import type { Conversation } from "../../src/processes/processes.ts";
import { createRepository, processes } from "./repository.ts";

describe("the objects of a repository", () => {
  const repository = createRepository();
  const commit = repository.commit({ "a.txt": "a", "large.txt": "large ".repeat(100_000) });
  const started: Conversation[] = [];
  const converse = createConverseWithGit(repository.folder, processes, process.env);
  const objects = openObjects((args) => {
    const conversation = converse(args);
    started.push(conversation);
    return conversation;
  });

  it("are described and read, many questions at a time", async () => {
    const [all, other] = await Promise.all([
      objects.describe([`${commit}:a.txt`, `${commit}:not there`, "HEAD^{commit}", `${commit}:large.txt`]),
      objects.describe(["HEAD^{tree}"]),
    ]);
    expect(all.map((found) => found?.type)).toEqual(["blob", undefined, "commit", "blob"]);
    expect(all[2]?.id).toBe(commit);
    expect(other[0]?.type).toBe("tree");
    const ids = all.flatMap((found) => (found?.type === "blob" ? [found.id] : []));
    const contents = (await objects.read(ids)).map(String);
    expect(contents).toEqual(["a", "large ".repeat(100_000)]);
    expect(await objects.describe([])).toEqual([]);
    expect(started).toHaveLength(2);
  });

  it("are refused when they are not there, and answered again after that", async () => {
    const [a] = await objects.describe([`${commit}:a.txt`]);
    const wrong = objects.read(["0".repeat(40)]);
    await expect(wrong).rejects.toThrow(`git has no object ${"0".repeat(40)} missing`);
    expect(String(await objects.read([a?.id ?? ""]))).toBe("a");
  });

  it("are asked of another git once the first has ended", async () => {
    const before = started.length;
    const last = objects.describe(["HEAD"]);
    objects.forget();
    expect((await last)[0]?.id).toBe(commit);
    const next = repository.commit({ "a.txt": "b" });
    expect((await objects.describe(["HEAD"]))[0]?.id).toBe(next);
    expect(started).toHaveLength(before + 1);
    for (const conversation of started) conversation.end();
    await expect.poll(() => started.every((conversation) => conversation.hasEnded())).toBe(true);
    expect((await objects.describe(["HEAD"]))[0]?.id).toBe(next);
  });
});
