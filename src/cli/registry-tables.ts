import type { Annotation } from "../registry/annotations.ts";
import type { HistoryEntry } from "../registry/history.ts";
import type { ListedVersion, ShownRegistry } from "../registry/show.ts";
import { isVersion } from "../registry/version.ts";
import { type Column, fittingTable } from "./fitting.ts";

/** A row a model, a column a stage. */
export function registryTable(shown: ShownRegistry): string {
  const rows = Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : 1));
  const stages = Object.keys(rows[0]?.[1].stage ?? {});
  const columns: Column<(typeof rows)[number]>[] = [
    { header: "model", align: "l", cell: ([name, { active }]) => (active ? name : `${name} (deprecated)`) },
    { header: "latest", align: "l", cell: ([, { version }]) => version ?? "" },
    ...stages.map((stage) => ({
      header: `#${stage}`,
      align: "l" as const,
      cell: ([, model]: (typeof rows)[number]) => shortened(model.stage[stage] ?? ""),
    })),
  ];
  return fittingTable(columns, rows, Number.POSITIVE_INFINITY);
}

/** `models/fraud.onnx, a model: Finds fraud (tabular, eu)`. */
export function annotationLine({ path, type, desc, labels }: Annotation): string {
  const beside = labels.length > 0 ? ` (${labels.join(", ")})` : "";
  return `${plain(path)}${type ? `, a ${plain(type)}` : ""}${desc ? `: ${plain(desc)}` : ""}${plain(beside)}`;
}

/** On one line, whatever a file says. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}

const versionColumns: readonly Column<ListedVersion>[] = [
  { header: "version", align: "l", cell: ({ version, active }) => `${shortened(version)}${active ? "" : " (deregistered)"}` },
  { header: "stages", align: "l", cell: ({ stages }) => stages.join(", ") },
  { header: "since", align: "l", cell: ({ created_at }) => inUtc(created_at).slice(0, 10) },
  { header: "by", align: "l", optional: true, cell: ({ author }) => author },
  { header: "commit", align: "l", cell: ({ commit_hexsha }) => commit_hexsha.slice(0, 7) },
];

/** Highest version first. */
export function versionsTable(versions: readonly ListedVersion[], width: number): string {
  return fittingTable(versionColumns, versions, width);
}

const historyColumns: readonly Column<HistoryEntry>[] = [
  { header: "time (UTC)", align: "l", cell: ({ timestamp }) => inUtc(timestamp).replace("T", " ").slice(0, 16) },
  { header: "model", align: "l", cell: ({ artifact }) => artifact },
  { header: "event", align: "l", cell: ({ event }) => event },
  { header: "version", align: "l", cell: ({ version }) => shortened(version ?? "") },
  { header: "stage", align: "l", cell: ({ stage }) => stage ?? "" },
  { header: "commit", align: "l", cell: ({ commit }) => commit.slice(0, 7) },
  { header: "tag", align: "l", optional: true, cell: ({ ref }) => ref },
  { header: "by", align: "l", optional: true, cell: ({ author }) => author },
];

export function historyTable(entries: readonly HistoryEntry[], width: number): string {
  return entries.length === 0 ? "Nothing has happened yet." : fittingTable(historyColumns, entries, width);
}

/** Taggers are of many zones, and their order is that of one. */
function inUtc(timestamp: string): string {
  return new Date(timestamp).toISOString();
}

/** A commit's id that stands in for a version. */
function shortened(version: string): string {
  return isVersion(version) ? version : version.slice(0, 7);
}
