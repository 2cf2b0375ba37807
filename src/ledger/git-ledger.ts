import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Git } from "../git/git.ts";
import type { Processes } from "../processes/processes.ts";
import { type Ledger, ledgerBranch } from "./ledger.ts";
import { findLatest, formatRecord, isSameRecord, placeOf, recordMessage } from "./record.ts";

const localRef = `refs/heads/${ledgerBranch}`;
const remoteRef = `refs/remotes/origin/${ledgerBranch}`;
const maxAttempts = 5;

/**
 * The ledger in a clone, for the command line. Reads the local branch, then origin's as it was last fetched; records go to the
 * local branch. Without `processes` it is read-only.
 */
export function createGitLedger(git: Git, processes?: Processes): Ledger {
  async function find(model: string, inputHash: string, ref: string) {
    const commit = await git.resolve(ref);
    const read = async (path: string) => (commit === undefined ? undefined : git.read(commit, path));
    return { commit, ...(await findLatest(model, inputHash, read)) };
  }

  return {
    async findEvidence(model, inputHash) {
      return (await find(model, inputHash, localRef)).evidence ?? (await find(model, inputHash, remoteRef)).evidence;
    },
    async recordEvidence(evidence) {
      if (processes === undefined) throw new UsageError("This ledger is read-only: the command that was run records nothing.");
      const content = formatRecord(evidence);
      let problem = "";
      for (let attempt = 1; attempt <= maxAttempts; attempt++) {
        const local = await find(evidence.model, evidence.inputHash, localRef);
        const target = local.commit === undefined ? await find(evidence.model, evidence.inputHash, remoteRef) : local;
        if (isSameRecord(target.evidence, evidence)) return;
        const input = importStream({
          parent: target.commit,
          path: placeOf(evidence, target),
          content,
          message: recordMessage(evidence),
          committer: await committer(git, processes),
        });
        // Refuses to move the branch when somebody else moved it meanwhile.
        const result = await processes.capture("git", ["fast-import", "--quiet", "--date-format=raw"], { cwd: git.root, input });
        if (result.exitCode === 0) return;
        problem = result.stderr.trim();
      }
      throw new MissingDataError(`git could not add a record to branch ${ledgerBranch} of ${git.root}: ${problem}`);
    },
  };
}

interface Commit {
  parent: string | undefined;
  path: string;
  content: string;
  message: string;
  committer: string;
}

/** One commit in the language of `git fast-import`: no work tree, no index. */
function importStream({ parent, path, content, message, committer }: Commit): string {
  return [
    `commit ${localRef}`,
    `committer ${committer}`,
    `data ${Buffer.byteLength(message)}`,
    message,
    ...(parent === undefined ? [] : [`from ${parent}`]),
    `M 100644 inline ${path}`,
    `data ${Buffer.byteLength(content)}`,
    content,
    "",
  ].join("\n");
}

async function committer(git: Git, processes: Processes): Promise<string> {
  const result = await processes.capture("git", ["var", "GIT_COMMITTER_IDENT"], { cwd: git.root });
  if (result.exitCode === 0) return result.stdout.toString().trim();
  return `Assay <assay@users.noreply.github.com> ${Math.floor(Date.now() / 1000)} +0000`;
}
