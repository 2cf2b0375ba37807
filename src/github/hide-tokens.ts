/** Tokens of GitHub's making, and the JWT of an app. */
const tokenLike = /\b(?:gh[a-z]_\w+|github_pat_\w+|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g;

/** A message that people may read: what looks like a token is in none. */
export function hideTokens(message: string): string {
  return message.replaceAll(tokenLike, "***");
}
