import { expect, it } from "vitest";
import type { RecordedRequest } from "../../../src/embedded-github/embedded-github.ts";
import { countCalls } from "../count-calls.ts";

const writes = (requests: readonly RecordedRequest[]) => requests.filter(({ method }) => method !== "GET").length;

it("needs few requests for a pull request with 250 comments, and looks for nothing whose id it knows", async () => {
  const { first, later } = await countCalls(250);
  expect(first.flat().length).toBeLessThanOrEqual(12);
  expect(writes(first.flat())).toBeLessThanOrEqual(3);
  expect(later.flat().length).toBeLessThanOrEqual(10);
  expect(writes(later.flat())).toBeLessThanOrEqual(4);
  const searches = later
    .flat()
    .filter(({ endpoint = "" }) => /\/(check-runs|comments)$/.test(endpoint) && endpoint.startsWith("GET"));
  expect(searches).toEqual([]);
});
