import { firstLine } from "./same-body.ts";

/** First line of a release's body: what it is the release of, so that it is found again. */
export function releaseMarker(tagObject: string, resultDigest: string): string {
  return `<!-- assay:release v1 ${tagObject} ${resultDigest} -->`;
}

/** What a release's first line says that it is of; undefined of one that somebody published by hand. */
export function markedAs(body: string): { tagObject: string; resultDigest: string } | undefined {
  const [, tagObject, resultDigest] = /^<!-- assay:release v1 ([0-9a-f]+) (sha256:[0-9a-f]{64}) -->$/.exec(firstLine(body)) ?? [];
  return tagObject === undefined || resultDigest === undefined ? undefined : { tagObject, resultDigest };
}
