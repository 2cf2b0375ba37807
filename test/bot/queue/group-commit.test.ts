import { describe, expect, it } from "vitest";
import { GroupCommit } from "../../../bot/queue/group-commit.ts";

const isAboutItem = (error: unknown) => error instanceof RangeError;

describe("commits in groups", () => {
  it("puts what comes while a group is committed into the next one", async () => {
    const groups: number[][] = [];
    const commits = new GroupCommit<number, number>(async (items) => {
      groups.push([...items]);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return items.map((item) => item * 2);
    }, isAboutItem);
    const first = commits.add(1);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await Promise.all([first, commits.add(2), commits.add(3)])).toEqual([2, 4, 6]);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it("commits each alone when the group fails, so that only the bad one is refused", async () => {
    const commits = new GroupCommit<number, string>(async (items) => {
      if (items.includes(2)) throw new RangeError("not this");
      return items.map(String);
    }, isAboutItem);
    const ends = await Promise.allSettled([1, 2, 3].map((item) => commits.add(item)));
    expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await commits.add(4)).toBe("4");
  });

  it("asks a store that does not answer once more, and not once an item", async () => {
    let asked = 0;
    const commits = new GroupCommit<number, string>(async () => {
      asked += 1;
      throw new Error("the store does not answer");
    }, isAboutItem);
    const ends = await Promise.allSettled([1, 2, 3, 4].map((item) => commits.add(item)));
    expect(ends.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
    expect(asked).toBe(2);
  });

  it("is quiet when nothing was added for a moment, and says so after its time in any case", async () => {
    let commit = (_: number[]) => {};
    const commits = new GroupCommit<number, number>(
      () =>
        new Promise((resolve) => {
          commit = resolve;
        }),
      isAboutItem,
    );
    await commits.quiet(60_000);
    const one = commits.add(1);
    await commits.quiet(20);
    commit([1]);
    expect(await one).toBe(1);
    await commits.quiet(60_000);
  });
});
