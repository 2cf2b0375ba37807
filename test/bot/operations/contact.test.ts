import { expect, it } from "vitest";
import { createContact, whyOutOfReach } from "../../../bot/operations/contact.ts";

const endpoint = "GET /app/installations";

it("says since when calls fail, and why the latest did, until one is answered", () => {
  let seconds = 0;
  const contact = createContact(() => new Date(seconds * 1_000));
  expect(contact.standing()).toEqual({ lastAnswer: undefined, failing: undefined });
  contact.answered();
  seconds = 10;
  contact.failed("no answer");
  seconds = 20;
  contact.failed("GitHub answered 502");
  expect(contact.standing()).toEqual({
    lastAnswer: new Date(0),
    failing: { since: new Date(10_000), why: "GitHub answered 502" },
  });
  contact.answered();
  expect(contact.standing()).toEqual({ lastAnswer: new Date(20_000), failing: undefined });
});

it("takes for a failure of all calls only what others would meet too", () => {
  const why = (status: number | undefined, asApp = true) =>
    whyOutOfReach({ endpoint, status, error: new Error("refused"), asApp });
  expect(why(undefined)).toBe("no answer to GET /app/installations: refused");
  expect(why(503)).toBe("GitHub answered 503 to GET /app/installations");
  expect(why(401)).toContain("it does not take the app's key");
  // A token is renewed, and what is not there or not allowed is so for one repository.
  expect(why(401, false)).toBeUndefined();
  for (const status of [304, 403, 404, 422, 429]) expect(why(status)).toBeUndefined();
});

it("names the reason where Node hides it in a cause", () => {
  const refused = Object.assign(new AggregateError([]), { code: "ECONNREFUSED" });
  const error = new Error("", { cause: new TypeError("fetch failed", { cause: refused }) });
  expect(whyOutOfReach({ endpoint, status: undefined, error, asApp: true })).toMatch(/: ECONNREFUSED$/);
});
