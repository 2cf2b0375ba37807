/** GitHub may change line ends and drops white space at the end. */
export function sameBody(stored: string, planned: string): boolean {
  return normalise(stored) === normalise(planned);
}

function normalise(body: string): string {
  return body.replaceAll("\r\n", "\n").trimEnd();
}

/** Where a marker of ours stands. */
export function firstLine(body: string): string {
  return body.split(/\r?\n/, 1)[0] ?? "";
}
