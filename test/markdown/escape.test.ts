import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeSpan, escapeHtml, escapeInline, fencedBlock, link, visible } from "../../src/markdown/escape.ts";

/** Pieces that mean something to Markdown, HTML, GitHub or us. */
const pieces = [
  ..."|\\`<>*_~#-+=[]()!&$:@/\n\t ",
  ...["```", "~~~", "<!-- assay:report v1 -->", "-->", "<script>", "</details>", "<b onclick=x>", "&lt;", "&#60;", "&#x40;"],
  ...[
    "@everyone",
    "@acme/risk",
    "#1",
    "GH-1",
    "owner/repo#1",
    "https://evil.example",
    "www.evil.example",
    "a@evil.example",
    "ftp://x.example",
  ],
  ...[
    "[x](https://evil.example)",
    "![x](https://evil.example)",
    "[^1]",
    "- ",
    "1. ",
    "1) ",
    "> ",
    "# ",
    "===",
    "---",
    ":--",
    "\r\n",
    "\n\n",
  ],
  ...[
    "9f3c1a2b4d5e6f708192a3b4c5d6e7f809a1b2c3",
    "\u202e",
    "\u200b",
    "\u0000",
    "\u001b[31m",
    "\u2028",
    "\ufeff",
    "é",
    "猫",
    "🐧",
  ],
];
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 15 }).map((parts) => parts.join("")),
);

/** Undoes what Markdown undoes: references to characters and backslashes; code stays as it is. */
function read(markdown: string): string {
  const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", "#124": "|", "#8203": "" };
  return markdown.replace(
    /\\([!-/:-@[-`{-~])|&([#\w]+);/g,
    (_, character?: string, name = "") => character ?? names[name] ?? "?",
  );
}

/** The characters of Markdown that are not escaped. */
function active(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, "·").replace(/&#?\w+;/g, "\u200b");
}

describe("escapeInline", () => {
  it("leaves nothing that Markdown, HTML or a table would read", () => {
    fc.assert(fc.property(hostile, (text) => void expect(active(escapeInline(text))).not.toMatch(/[\\`*_{}[\]~$#&<>|\r\n]/)));
  });

  it("leaves nothing that GitHub would link or notify", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = active(escapeInline(text));
        expect(markdown).not.toMatch(/@\w|\w#\w|GH-\d|:\/\/|www\./i);
        expect(markdown).not.toMatch(/(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/i);
      }),
    );
  });

  it("starts no list, heading, quote, fence, table or command", () => {
    fc.assert(fc.property(hostile, (text) => void expect(escapeInline(text)).not.toMatch(/^([-+=/#>~`\s]|:-|\d+[.)](\s|$))/)));
  });

  it("comes out as the same visible characters", () => {
    fc.assert(fc.property(hostile, (text) => void expect(read(escapeInline(text))).toBe(visible(text))));
  });

  it("keeps ordinary text readable", () => {
    expect(escapeInline("0.022 past the limit")).toBe("0.022 past the limit");
    expect(escapeInline("needs about 4,100 more test rows (or 2 seeds)")).toBe("needs about 4,100 more test rows (or 2 seeds)");
  });

  it("breaks what GitHub may read as a commit, and no number", () => {
    expect(escapeInline("0.0009926 GPU-hours of 0.00099260001")).toBe("0.0009926 GPU-hours of 0.00099260001");
    expect(escapeInline("commit 9f3c1a2b, 1.9f3c1a2b")).toBe("commit 9f3c1a&#8203;2b, 1.9f3c1a&#8203;2b");
    expect(escapeInline("1234567")).toBe("123456&#8203;7");
  });

  it.each([
    ["@everyone", "@&#8203;everyone"],
    ["#1", "\\#&#8203;1"],
    ["acme/app#12", "acme/app\\#&#8203;12"],
    ["GH-1", "GH-&#8203;1"],
    ["a|b", "a&#124;b"],
    ["<!-- assay:report v1 -->", "&lt;!-- assay:report v1 --&gt;"],
    ["[x](https://evil.example)", "\\[x\\](https:&#8203;//evil.example)"],
    ["line\n# heading", "line \\# heading"],
    ["1. item", "1\\. item"],
    ["/assay approve", "\\/assay approve"],
  ])("%j becomes %j", (text, markdown) => {
    expect(escapeInline(text)).toBe(markdown);
  });
});

describe("visible", () => {
  it("shows what hides or reorders text", () => {
    expect(visible("safe\u202etxt.exe")).toBe("safe⟨U+202E⟩txt.exe");
    expect(visible("fr\u200baud")).toBe("fr⟨U+200B⟩aud");
    expect(visible("\u001b[31mred")).toBe("⟨U+001B⟩[31mred");
  });

  it("is one line of at most the given length, whatever comes in", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, max) => {
        const shown = visible(text, max);
        expect([...shown].length).toBeLessThanOrEqual(max);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  it("does not read a megabyte to show a line", () => {
    expect(visible("x".repeat(1_000_000), 10)).toBe("xxxxxxxxx…");
  });
});

describe("codeSpan", () => {
  it("ends only where it should, and never in a table cell's middle", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        expect(span).not.toContain("|");
        expect(span).not.toContain("<!--");
        expect(span).not.toMatch(/[\r\n]/);
        if (span.startsWith("<code>")) {
          expect(active(span.slice(6, -7))).not.toMatch(/[\\`*_[\]<>|]/);
          return;
        }
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const inner = span.slice(fence.length, -fence.length);
        expect([...inner.matchAll(/`+/g)].map(([run]) => run.length)).not.toContain(fence.length);
      }),
    );
  });

  it("does not notify or refer", () => {
    fc.assert(fc.property(hostile, (text) => void expect(active(codeSpan(text))).not.toMatch(/@\w|\w#\w|GH-\d/i)));
  });

  it.each([
    ["fraud", "`fraud`"],
    ["a`b", "``a`b``"],
    ["`", "`` ` ``"],
    ["a|b", "<code>a&#124;b</code>"],
  ])("%j becomes %j", (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });
});

describe("fencedBlock", () => {
  it("is closed by its own fence only", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), (texts) => {
        const lines = fencedBlock(texts, "diff").split("\n");
        const fence = lines.at(-1) ?? "";
        expect(lines).toHaveLength(texts.length + 2);
        expect(lines[0]).toBe(`${fence}diff`);
        for (const line of lines.slice(1, -1)) {
          expect(line).not.toContain(fence);
          expect(line).not.toContain("<!--");
        }
      }),
    );
  });
});

describe("escapeHtml", () => {
  it("cannot open a tag, end an attribute or start a reference", () => {
    fc.assert(
      fc.property(hostile, (text) => void expect(escapeHtml(text).replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toMatch(/[<>"'&]/)),
    );
  });
});

describe("link", () => {
  it("links http and https only", () => {
    expect(link("log", "https://github.com/acme/app/actions/runs/1")).toBe("[log](https://github.com/acme/app/actions/runs/1)");
    for (const address of ["javascript:alert(1)", "data:text/html,x", "//evil.example", "", "x".repeat(3_000)]) {
      expect(link("log", address)).toBe("log");
    }
  });

  it("cannot be ended by its address", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = link("log", `https://example.com/${text}`);
        expect(markdown === "log" || /^\[log\]\([^()<>"'|\\`\s*_[\]~]*\)$/.test(markdown)).toBe(true);
      }),
    );
  });
});
