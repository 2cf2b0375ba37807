import { posix } from "node:path";
import type { Git } from "../../git/git.ts";
import { noStatements, parseStatements, type Statements } from "../../release/card/statements.ts";

/** What the team states of the model in the tagged tree, or why it cannot be had, a sentence. */
export async function readStatements(
  { commit, declared, workingDirectory }: { commit: string; declared: string | undefined; workingDirectory: string },
  git: Git,
): Promise<Statements | { wrong: string }> {
  const path = posix.join(workingDirectory, declared ?? "MODEL_CARD.md");
  const text = await git.read(commit, path);
  if (text) return parseStatements(text.toString("utf8"), path);
  if (declared === undefined) return noStatements;
  return {
    wrong: `${path}, which promote.card names, is not in the tagged tree. Add it and tag a new version, or name another file.`,
  };
}
