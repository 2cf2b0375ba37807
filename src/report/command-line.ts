/** A word of a command as it has to be typed: in quotes where it has spaces, quotes or nothing in it. */
export function commandWord(text: string): string {
  return /^(?!--)[^\s"\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
