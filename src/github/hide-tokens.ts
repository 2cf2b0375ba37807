/** Tokens of GitHub's making, old ones too, and the JWT of an app. */
const tokenLike = /\b(?:gh[a-z]_\w+|github_pat_\w+|v1\.[0-9a-f]{40}|eyJ[\w-]+\.[\w-]+\.[\w-]*)/g;

/** A message that people may read: what looks like a token is in none. */
export function hideTokens(message: string, replacement = "***"): string {
  return message.replaceAll(tokenLike, replacement);
}
