import { isLostAnswer } from "../github/lost-answer.ts";
import type { Release, Releases } from "../github/releases.ts";
import { firstLine, sameBody } from "./same-body.ts";

/**
 * Has a published release begin with a caution, before whatever it says already; nothing happens where it has it. Its files and its
 * tag stay: what people read of a release can be changed also where releases are immutable.
 */
export async function warnOnRelease(release: Release, caution: string, releases: Releases): Promise<void> {
  const body = release.body.replaceAll("\r\n", "\n");
  if (body.includes(caution)) return;
  // By its first line the release is found again.
  const marker = firstLine(body);
  const warned = `${marker}\n${caution}\n\n${body.slice(marker.length).trimStart()}`;
  try {
    await releases.update(release, { body: warned });
  } catch (error) {
    const now = isLostAnswer(error) ? await releases.get(release.id) : undefined;
    if (!now || !sameBody(now.body, warned)) throw error;
  }
}
