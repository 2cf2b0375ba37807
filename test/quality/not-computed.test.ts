import { expect, it } from "vitest";
import { UsageError } from "../../src/errors/errors.ts";
import { whyNotComputed } from "../../src/quality/rules/not-computed.ts";

const failed = (said: string) => new UsageError("The query failed.", { cause: new Error(said) });

it.each([
  ["INTERRUPT Error: Interrupted!", "it takes too long; it was stopped"],
  ["Out of Memory Error: failed to allocate 8 GiB (2.0 GiB used)", "it takes more memory than there is"],
  ["IO Error: Could not write file /tmp/x/spill: No space left on device", "it cannot be computed here (io error)"],
  ["secret 7781", "it cannot be computed here"],
])("%s is no fault of the data, and repeats nothing of it", (said, why) => {
  expect(whyNotComputed(failed(said))).toBe(why);
});

it("leaves alone what rows bring about, and what is a mistake of ours", () => {
  const ofRows = failed("Conversion Error: Could not convert string 'x' to INT32");
  expect(() => whyNotComputed(ofRows)).toThrow(ofRows);
  const bug = new TypeError("x is undefined");
  expect(() => whyNotComputed(bug)).toThrow(bug);
});
