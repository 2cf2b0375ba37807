import type { InstalledRepository } from "../subject.ts";

/** Where it is remembered which pull request a run was started for. */
export function startedKey({ id }: InstalledRepository, runId: number): string {
  return `${id}/started/${runId}`;
}

/** Where it is remembered that the commit is a merge queue's. */
export function queuedKey({ id }: InstalledRepository, headSha: string): string {
  return `${id}/queued/${headSha}`;
}

/** Where it is remembered for which pull requests the commit passed. */
export function headKey({ id }: InstalledRepository, headSha: string): string {
  return `${id}/head/${headSha}`;
}

/** Where it is remembered which workflow of the repository is Assay's: the path of its file. */
export function workflowKey({ id }: InstalledRepository): string {
  return `${id}/workflow`;
}
