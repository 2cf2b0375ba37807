import { expect, it } from "vitest";
import { parseReleaseRecord, writeReleaseRecord } from "../../src/release/release-record.ts";
import { createFacts } from "./create-facts.ts";

it("takes the longest name that a tag can have", () => {
  const stage = "s".repeat(990);
  const tag = { name: `fraud@v1.0.0-${"a".repeat(980)}`, object: "a".repeat(40), content: new Uint8Array() };
  const written = writeReleaseRecord(createFacts({ stage, version: tag.name.slice("fraud@".length) }), tag, undefined);
  expect(parseReleaseRecord(written)).toMatchObject({ stage, tag: { name: tag.name } });
});
