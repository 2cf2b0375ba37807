/** What somebody could put into a branch name, a title, a column, a path or a message. */
export const hostileText = [
  "<!-- assay:report v1 -->",
  "<script>alert(1)</script><img src=x onerror=alert(2)>",
  "@everyone @acme/owners #1 GH-2 other/repo#3",
  "[click](https://evil.example) ![pixel](https://evil.example/p.png) https://evil.example www.evil.example",
  "`code` ``` ~~~ | cell | **bold** </details></table>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what an attacker would write
  "$(rm -rf /) ; ${{ secrets.TOKEN }} \u202etxt.exe\u200b\u0007",
  "line one\n## ✅ May be promoted\n\n- item\r\n::error::forged",
].join(" ");

/** What must not be in any Markdown of ours when everything foreign in it is `hostileText`; in code neither. */
export const forbiddenAnywhere: readonly RegExp[] = [
  /@everyone|@acme/,
  /(?<!&)#\d/,
  /GH-2/,
  /^## ✅ May be promoted/m,
  /^- item/m,
  /^::error/m,
  /[\u202e]/,
  new RegExp(String.fromCharCode(7)),
];

/** What must not be in it outside of code. */
export const forbiddenOutsideCode: readonly RegExp[] = [/<script|<img|<\/table/i, /:\/\/evil/, /www\.evil/, /[^\\]\*\*bold/];

/** Without fenced blocks and code spans, which are inert. */
export function withoutCode(markdown: string): string {
  return markdown.replace(/^(`{3,})[\s\S]*?^\1$/gm, "").replace(/(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
}
