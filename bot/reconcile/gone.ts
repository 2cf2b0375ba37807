import { GitHubError } from "../../src/errors/errors.ts";
import type { Gone } from "../queue/store.ts";
import type { InstalledRepository } from "../subject.ts";
import type { Context } from "./context.ts";

/** Repositories by installation, as GitHub lists them; undefined: it was not to be known which they are. */
type Listed = ReadonlyMap<number, ReadonlySet<number> | undefined>;

/**
 * Where GitHub says that there is nothing, it is asked whether the app is still installed there; what it cannot see any more would fail
 * for ever.
 * @returns whether that was the reason, so that the error is none
 */
export async function isOfGone(
  context: Context,
  { installation, id }: Pick<InstalledRepository, "installation" | "id">,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof GitHubError) || error.status !== 404) return false;
  const found = (await context.app.installations()).find((one) => one.id === installation);
  if (found?.suspended) return false;
  const repositories = found && (await context.app.repositories(installation));
  const listed: Listed = new Map(repositories && [[installation, new Set(repositories.map((repository) => repository.id))]]);
  const gone = goneOf({ installation, repository: id }, listed);
  if (gone) await drop(context, gone);
  return gone !== undefined;
}

/** What was put aside of repositories that the app cannot see any more, where no webhook said so. */
export async function dropUnlisted(context: Context, listed: Listed): Promise<void> {
  for (const place of await context.store.longWaiting()) {
    const gone = goneOf(place, listed);
    if (gone) await drop(context, gone);
  }
}

function goneOf({ installation, repository }: { installation: number; repository: number }, listed: Listed): Gone | undefined {
  if (!listed.has(installation)) return { installation };
  return (listed.get(installation)?.has(repository) ?? true) ? undefined : { installation, repositories: [repository] };
}

async function drop({ store, log }: Context, gone: Gone): Promise<void> {
  log(goneInWords(gone, await store.drop(gone)));
}

function goneInWords({ installation, repositories }: Gone, count: number): string {
  const what = repositories
    ? `Repository ${repositories.join(", ")} of installation ${installation}`
    : `Installation ${installation}`;
  return `${what} is gone: ${count} ${count === 1 ? "subject is" : "subjects are"} dropped`;
}
