/** Letters that look like those of `/assay`, by what they look like. Not complete: what is missing here is simply no command. */
const lookAlikes: Readonly<Record<string, string>> = {
  "/": "⁄∕⧸／",
  a: "аɑαａ",
  s: "ѕꜱｓ",
  y: "уүγʏｙ",
};
const asLatin = new Map(Object.entries(lookAlikes).flatMap(([latin, others]) => [...others].map((other) => [other, latin])));

/** Whether somebody who looks at the line takes it for a command, whatever it is made of. */
export function looksLikeCommand(line: string): boolean {
  const start = line
    .slice(0, 60)
    .normalize("NFKD")
    .replace(/[\p{Cf}\p{M}\p{VS}]/gu, "");
  const plain = [...start]
    .map((character) => asLatin.get(character) ?? asLatin.get(character.toLowerCase()) ?? character)
    .join("");
  return /^ {0,3}\/assay(?![\w/.-])/i.test(plain);
}

/**
 * Commands are plain ASCII: nothing in them may look like something else, be invisible or turn the order of what follows.
 * @returns what is there instead, a sentence
 */
export function expectNothingHidden(line: string): string | undefined {
  const found = /[^\x20-\x7e]/u.exec(line)?.[0];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const fix = /[“”„«»‘’]/.test(found)
    ? 'Type straight quotes: ".'
    : "Type the line anew, with plain letters, digits and spaces; a copied text often has others in it.";
  return `The line has a character that is not plain ASCII (${code}, ${describe(found)}). ${fix}`;
}

function describe(character: string): string {
  if (/[\p{Bidi_Control}]/u.test(character)) return "turns the direction of the text";
  if (/[\p{Cf}\p{Cc}]/u.test(character)) return "is invisible";
  if (/\p{Zs}/u.test(character)) return "looks like a space";
  if (/\p{L}/u.test(character)) return "may look like another letter";
  return "is no part of a command";
}
