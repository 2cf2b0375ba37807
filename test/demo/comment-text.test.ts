import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commentText } from "../../src/demo/comment-text.ts";

const goldens = join(import.meta.dirname, "../goldens/report");
const comments = readdirSync(goldens).filter((name) => name.endsWith(".md") && name !== "hostile-text.md");
const read = (name: string) => readFileSync(join(goldens, name), "utf8");

it.each(comments)("leaves no Markdown and no HTML of %s, and fits the terminal", (name) => {
  const text = commentText(read(name), 80);
  expect(text).not.toMatch(/<\/?(sub|b|br|code|details|summary)\b|<!--|\*\*|^#|^\||^>|\\[[_*`]|&#\d+;|\u200b|\]\(/m);
  for (const line of text.split("\n"))
    if (!line.startsWith("    ")) expect(line.length <= 80 || !line.trim().includes(" "), line).toBe(true);
});

it("says what the verdict is, what decided and what to do, and leaves the rest to the page", () => {
  const text = commentText(read("waived.md"), 100);
  expect(text.trimStart()).toMatch(/^✅ May be promoted: /);
  expect(text).toContain("\nWhat to do next\n1. Review what is waived");
  expect(text).toMatch(/^ {2}\S.*\n(?: {4}.*\n)* {4}Result: ⚠️ waived until /m);
  expect(text).not.toMatch(/Provenance|How to read an interval|Updated on each push/);
});

it("lets no escape code of a repository through to the terminal", () => {
  const text = commentText("## \u001b[31mred\u001b[0m\n\n`a` **b** \\*c\\* &lt;d&gt; [e](https://example.com) x<br>y", 100);
  expect(text).toBe("\nred\na b *c* <d> e (https://example.com) x; y");
});
