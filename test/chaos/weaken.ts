import type { GitHub } from "../../src/github/github.ts";
import type { GitHubApp } from "../../src/github/github-app.ts";

/** What is taken out, to see that it is missed. */
export type Weakening = "lock" | "read-back";

/** An app that never finds again what it wrote. */
export function withoutReadBack(app: GitHubApp): GitHubApp {
  const blind = (github: GitHub): GitHub => ({
    ...github,
    comments: { ...github.comments, list: async () => [] },
    checks: { ...github.checks, list: async () => [] },
    runs: { ...github.runs, dispatched: async () => [] },
  });
  return { ...app, connect: async (...where) => blind(await app.connect(...where)) };
}
