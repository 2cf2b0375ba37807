import { type Digest, digestOf } from "../evidence/digest.ts";
import type { Contents } from "../github/contents.ts";
import { ledgerBranch } from "./ledger.ts";
import { recordedModel, recordPath } from "./record.ts";

/** A model's folder may hold those of others, such as `fraud/eu`: so many commits are gone through, three requests. */
const maxCommits = 300;
/** Each is a request. */
const maxLooks = 20;

/** Input hash of the run of the model that was recorded last; undefined where none is found. */
export async function newestRecord(contents: Contents, model: string): Promise<Digest | undefined> {
  const path = recordPath(model, digestOf(""));
  const folder = path.slice(0, path.lastIndexOf("/"));
  const commits = await contents.history(folder, ledgerBranch, maxCommits);
  // By their messages those of other models need no look; what a commit holds decides.
  const possible = commits.filter(({ message }) => (recordedModel(message) ?? model) === model);
  for (const { sha, parents } of possible.slice(0, maxLooks)) {
    const [parent] = parents;
    const changed =
      parent === undefined ? await contents.list(folder, sha) : ((await contents.compare(parent, sha))?.paths ?? []);
    for (const record of changed) {
      const hash = record.startsWith(`${folder}/`) && /^\/([0-9a-f]{64})(-\d+)?\.json$/.exec(record.slice(folder.length))?.[1];
      if (hash) return `sha256:${hash}`;
    }
  }
  return undefined;
}
