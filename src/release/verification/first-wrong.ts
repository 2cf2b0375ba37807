/** Of several looks, each a sentence about what is wrong or undefined, the first that finds something. */
export function firstWrong(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
