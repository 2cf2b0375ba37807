/** How tools write "no value" in a column of numbers, at most `longestMarker` characters with the blanks around; in lower case. */
export const missingMarkers: ReadonlySet<string> = new Set(["na", "n/a", "<na>", "null", "none", "nan", "-nan", "+nan"]);

export const longestMarker = 8;

const infinities: ReadonlyMap<string, number> = new Map([
  ["inf", Infinity],
  ["+inf", Infinity],
  ["-inf", -Infinity],
  ["infinity", Infinity],
  ["+infinity", Infinity],
  ["-infinity", -Infinity],
]);

/**
 * The number that a text spells: decimal with an optional exponent, or `inf` in any case, blanks of ASCII around it allowed.
 * NaN for `nan`; undefined for anything else, among it `0x1F`, `1_000`, `1,5` and the empty text.
 */
export function parseNumber(text: string): number | undefined {
  const value = Number(text);
  if (!Number.isNaN(value)) return notDecimal.test(text) ? undefined : value;
  if (beyondAscii.test(text)) return undefined;
  const word = text.trim().toLowerCase();
  return infinities.get(word) ?? (word.endsWith("nan") && missingMarkers.has(word) ? Number.NaN : undefined);
}

/** `Number` also reads blanks as 0, hexadecimal, octal and binary, and blanks of other scripts. */
const notDecimal = /^\s*$|^\s*0[xob]|[^\t-\r -~]/i;

const beyondAscii = /[^\t-\r -~]/;

/** True for what is neither a number nor how tools write a missing one. */
export function isWord(text: string): boolean {
  return parseNumber(text) === undefined && !isMissingMarker(text);
}

/** True for `NA`, `N/A`, `<NA>`, `null`, `None` and `nan`: a missing value, if the rest of the column is numbers. */
export function isMissingMarker(text: string): boolean {
  return text.length <= longestMarker && missingMarkers.has(text.trim().toLowerCase()) && !beyondAscii.test(text);
}
