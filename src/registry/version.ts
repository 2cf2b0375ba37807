/** A semantic version with a leading `v`, as tags have it (Semantic Versioning 2.0.0). */
const semantic =
  /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;

export function isVersion(text: string): boolean {
  return semantic.test(text);
}

/**
 * Precedence by Semantic Versioning 2.0.0, §11: build metadata does not count. Numbers have no limit.
 * @returns negative when `a` comes before `b`, 0 when neither does
 */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [parts(a), parts(b)];
  const byCore = firstDifference(first.core, second.core, compareNumbers);
  if (byCore !== 0) return byCore;
  if (first.prerelease.length === 0 || second.prerelease.length === 0)
    return Math.sign(second.prerelease.length) - Math.sign(first.prerelease.length);
  const byIdentifier = firstDifference(first.prerelease, second.prerelease, compareIdentifiers);
  return byIdentifier === 0 ? first.prerelease.length - second.prerelease.length : byIdentifier;
}

function parts(version: string): { core: readonly string[]; prerelease: readonly string[] } {
  const [, major = "0", minor = "0", patch = "0", prerelease] = semantic.exec(version) ?? [];
  return { core: [major, minor, patch], prerelease: prerelease?.split(".") ?? [] };
}

function firstDifference(a: readonly string[], b: readonly string[], compare: (one: string, other: string) => number): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = compare(a[at] ?? "", b[at] ?? "");
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Numbers come before words. */
function compareIdentifiers(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return compareNumbers(a, b);
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareNumbers(a: string, b: string): number {
  return Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b));
}

/** `v2.0.0-rc.1`. */
export function isPrerelease(version: string): boolean {
  return parts(version).prerelease.length > 0;
}
