import type { InstalledRepository } from "../subject.ts";

/** In days; what is older GitHub has no workflow run of, so that nothing is left which it could be about. */
export const runsLast = 400;
/** In days; GitHub keeps artifacts no longer by default, so what was trained is gone and the rest is read again. */
export const artifactsLast = 90;

/** Where it is remembered which pull request a run was started for. */
export function startedKey({ id }: InstalledRepository, runId: number): string {
  return `${id}/started/${runId}`;
}

/** Where the ledger's tip is remembered as it was seen last. */
export function ledgerTipKey({ id }: Pick<InstalledRepository, "id">): string {
  return `${id}/ledger-tip`;
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
