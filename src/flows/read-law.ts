import { ConfigError } from "../errors/errors.ts";
import type { GitHub } from "../github/github.ts";
import type { Plan } from "../plan/plan.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Law } from "../spec/spec.ts";

/** Where `assay.yml` is looked for, in this order. */
export const specPaths = ["assay.yml", ".github/assay.yml"] as const;

/** The commit whose rules are in force: a pull request's base; a protected branch is its own law. */
export function lawCommit(plan: Plan): string | null {
  return plan.event === "pull_request" ? plan.base : plan.commit;
}

/** A commit's rules from GitHub: for a job that checks nothing out. */
export async function lawFromGitHub(github: GitHub, commit: string | null, path: string | undefined): Promise<Law | null> {
  if (commit === null) return null;
  return readLaw(readAt(github, commit), commit, path);
}

/** The rules that a branch has now, or what is wrong with them. */
export function lawOrMistake(github: GitHub, commit: string): Promise<Law | ConfigError | null> {
  return findLaw(readAt(github, commit), commit, undefined);
}

function readAt(github: GitHub, commit: string): (path: string) => Promise<string | undefined> {
  // What is too large to be read at once is too large for rules.
  return async (file) => {
    const found = await github.contents.peek(file, commit);
    return found && (found.bytes?.toString("utf8") ?? "\0");
  };
}

/**
 * The rules of a commit. A spec that does not parse is no law: whoever broke it on the protected branch is told there, and
 * nothing passes by it.
 * @param read text of a file of the commit, undefined when there is none
 */
export async function readLaw(
  read: (path: string) => Promise<string | undefined>,
  commit: string,
  path: string | undefined,
): Promise<Law | null> {
  const found = await findLaw(read, commit, path);
  return found instanceof ConfigError ? null : found;
}

/** The same, and what is wrong with a spec that does not parse. */
async function findLaw(
  read: (path: string) => Promise<string | undefined>,
  commit: string,
  path: string | undefined,
): Promise<Law | ConfigError | null> {
  for (const candidate of path ? [path] : specPaths) {
    const text = await read(candidate);
    if (text === undefined) continue;
    try {
      return { commit, spec: parseSpec(text, candidate) };
    } catch (error) {
      if (error instanceof ConfigError) return error;
      throw error;
    }
  }
  return null;
}
