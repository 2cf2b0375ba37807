import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTooDeep } from "../../bot/payload-size.ts";

describe("a payload's brackets", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

  it("are too many past 200 levels, or half a million objects and arrays", () => {
    expect(isTooDeep(nested(200))).toBe(false);
    expect(isTooDeep(nested(201))).toBe(true);
    expect(isTooDeep(`{"a":`.repeat(201))).toBe(true);
    expect(isTooDeep(`[${"{},".repeat(400_000)}{}]`)).toBe(false);
    expect(isTooDeep(`[${"{},".repeat(500_000)}{}]`)).toBe(true);
  });

  it("are none in a text, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("[", "{", '"', "\\", "]", "a") }), (text) => {
        expect(isTooDeep(JSON.stringify([text, "[".repeat(300), text]))).toBe(false);
        expect(isTooDeep(`[${JSON.stringify(text)}, ${nested(300)}]`)).toBe(true);
      }),
    );
  });
});
