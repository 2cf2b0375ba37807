import { expect, it } from "vitest";
import { GitHubError, MissingDataError } from "../../../src/errors/errors.ts";
import { doAll } from "../../../src/flows/promotion/do-all.ts";

it("takes every step whatever becomes of the others, and says what failed", async () => {
  const done: string[] = [];
  const failures = [new GitHubError("No answer."), new MissingDataError("Gone.")];
  const failed = await doAll([
    () => Promise.reject(failures[0]),
    async () => done.push("second"),
    () => Promise.reject(failures[1]),
    async () => done.push("fourth"),
  ]);
  expect(failed).toEqual(failures);
  expect(done).toEqual(["second", "fourth"]);
});

it("hides no bug, and does the rest before it throws it", async () => {
  const done: string[] = [];
  const bug = () => Promise.reject(new TypeError("no function"));
  await expect(doAll([bug, async () => done.push("second")])).rejects.toThrow(TypeError);
  expect(done).toEqual(["second"]);
});
