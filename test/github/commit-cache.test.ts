import { expect, it } from "vitest";
import { CommitCache } from "../../src/github/commit-cache.ts";

function createCounted(maxBytes: number) {
  const cache = new CommitCache(maxBytes);
  const asked: string[] = [];
  const ask = (key: string, bytes: number) =>
    cache.once(
      [key],
      async () => {
        asked.push(key);
        return Buffer.alloc(bytes);
      },
      ({ length }) => length,
    );
  return { cache, asked, ask };
}

it("asks once for what two want at the same time, and keeps it", async () => {
  const { asked, ask } = createCounted(10_000);
  await Promise.all([ask("a", 10), ask("a", 10)]);
  await ask("a", 10);
  expect(asked).toEqual(["a"]);
});

it("lets go of the oldest when all together takes too much", async () => {
  const { asked, ask } = createCounted(10_000);
  for (const key of ["a", "b", "c"]) await ask(key, 4_000);
  await ask("c", 4_000);
  await ask("b", 4_000);
  expect(asked).toEqual(["a", "b", "c"]);
  await ask("a", 4_000);
  expect(asked).toEqual(["a", "b", "c", "a"]);
});

it("keeps that something is not there for one look only", async () => {
  let now = 0;
  const cache = new CommitCache(10_000, () => now);
  const answers = [undefined, undefined, "there", "other"];
  const ask = () =>
    cache.once(
      ["a"],
      async () => answers.shift(),
      () => 10,
    );
  const first = await ask();
  now += 1_000;
  expect([first, await ask(), answers.length]).toEqual([undefined, undefined, 3]);
  now += 60_000;
  expect([await ask(), answers.length]).toEqual([undefined, 2]);
  now += 60_000;
  expect(await ask()).toBe("there");
  now += 600_000;
  expect(await ask()).toBe("there");
});

it("does not keep what is larger than all that it may keep, nor what failed", async () => {
  const { cache, asked, ask } = createCounted(10_000);
  await ask("large", 20_000);
  await ask("large", 20_000);
  expect(asked).toEqual(["large", "large"]);
  const fail = () =>
    cache.once(
      ["failed"],
      () => Promise.reject(new Error("no answer")),
      () => 0,
    );
  await expect(fail()).rejects.toThrow("no answer");
  await expect(fail()).rejects.toThrow("no answer");
  await expect(
    cache.once(
      ["failed"],
      async () => 1,
      () => 0,
    ),
  ).resolves.toBe(1);
});
