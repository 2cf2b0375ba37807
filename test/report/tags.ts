import { expect } from "vitest";

const empty = new Set(["meta", "br", "path", "line", "rect", "circle"]);

/** Elements of a page; fails on what is not balanced and on attributes that run something. */
export function tags(html: string): Set<string> {
  const seen = new Set<string>();
  const open: string[] = [];
  const withoutStyle = html.replace(/<style>[\s\S]*?<\/style>/, "").replace("<!doctype html>", "");
  for (const [, end, name = "", attributes = ""] of withoutStyle.matchAll(
    /<(\/?)([a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*\/?>/gi,
  )) {
    seen.add(name);
    for (const [, attribute = ""] of attributes.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)) expect(attribute).not.toMatch(/^on/);
    if (empty.has(name)) continue;
    if (end !== "/") open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
  return seen;
}
