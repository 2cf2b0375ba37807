import fc from "fast-check";
import { hostileTexts } from "../../fixtures/hostile/texts.ts";

/** What JSON can hold, hostile texts and keys of every object among it. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(...Object.values(hostileTexts).map((text) => text.slice(0, 500))),
  fc.constantFrom<unknown>(-1, 0, 1e308, 2 ** 53, "3", null, [], {}, { __proto__: null }),
);

/** A document with something else at one of its places, or with another key. */
export function mutated(document: object): fc.Arbitrary<string> {
  const paths: (readonly string[])[] = [];
  const walk = (at: unknown, path: readonly string[]) => {
    paths.push(path);
    if (typeof at === "object" && at !== null) for (const [key, inner] of Object.entries(at)) walk(inner, [...path, key]);
  };
  walk(document, []);
  return fc
    .tuple(fc.constantFrom(...paths), hostileValue, fc.option(fc.constantFrom("__proto__", "constructor", "toString", "x")))
    .map(([path, other, key]) => JSON.stringify(put(document, key === null ? path : [...path, key], other)));
}

function put(at: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof at !== "object" || at === null) return at;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(at) ? [...at] : { ...at };
  const inner = Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  Object.defineProperty(copy, key, { value: put(inner, rest, other), enumerable: true, configurable: true, writable: true });
  return copy;
}
