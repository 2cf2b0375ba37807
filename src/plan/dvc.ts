import { posix } from "node:path";
import { parse } from "yaml";
import { maxDvcLockBytes } from "./limits.ts";

/** A file or folder that DVC keeps elsewhere. */
export interface DvcOutput {
  /** As seen from the repository's root. */
  path: string;
  /** `dvc:md5:<hash>`, for folders ending in `.dir`; undefined when DVC has not recorded one yet. */
  id: string | undefined;
}

/** Outputs of a `.dvc` file; undefined when it is not one. */
export function readDvcFile(path: string, content: Buffer): DvcOutput[] | undefined {
  const file = record(parseYaml(content));
  const outs = file && list(file.outs);
  if (!file || !outs) return undefined;
  return outputsIn(outs, posix.join(posix.dirname(path), text(file.wdir) ?? "."));
}

/** Whether there is something else than YAML of DVC's, such as what a merge left behind. */
export function isDamaged(path: string, content: Buffer): boolean {
  if (content.toString("latin1").trim() === "") return false;
  if (path.endsWith(".dvc")) return readDvcFile(path, content) === undefined;
  const file = record(parseYaml(content));
  return file === undefined || Object.values(record(file.stages) ?? {}).some((stage) => record(stage) === undefined);
}

/** Outputs of the stages of `dvc.lock`, whose paths count from the stage's `wdir` in the `dvc.yaml` beside it. */
export function readDvcLock(path: string, lock: Buffer | undefined, pipeline: Buffer | undefined): DvcOutput[] {
  const folder = posix.dirname(path);
  const declared = record(record(parseYaml(pipeline))?.stages) ?? {};
  const locked = record(record(parseYaml(lock))?.stages) ?? {};
  // `prepare@eu` is one item of the `foreach` or `matrix` stage `prepare`.
  const folderOf = (stage: string) => {
    const declaration = record(declared[stage] ?? declared[stage.split("@")[0] ?? stage]);
    return posix.join(folder, text(declaration?.wdir) ?? text(record(declaration?.do)?.wdir) ?? ".");
  };
  const known = Object.entries(locked).flatMap(([stage, value]) => outputsIn(list(record(value)?.outs) ?? [], folderOf(stage)));
  const paths = new Set(known.map((output) => output.path));
  const awaited = Object.entries(declared).flatMap(([stage, value]) => declaredOutputs(record(value), folderOf(stage)));
  return [...known, ...awaited.filter((output) => !paths.has(output.path))];
}

/** Outputs as `dvc.lock` and `.dvc` files list them. */
function outputsIn(outs: readonly unknown[], folder: string): DvcOutput[] {
  return outs.flatMap((value) => {
    const out = record(value);
    const path = text(out?.path);
    if (!out || path === undefined) return [];
    const md5 = text(out.md5);
    const id = md5 !== undefined && /^[0-9a-f]{32}(\.dir)?$/.test(md5) ? `dvc:md5:${md5}` : undefined;
    return [{ path: posix.join(folder, path), id }];
  });
}

/** Outputs as `dvc.yaml` declares them: a path, or a path with settings. */
function declaredOutputs(stage: Record<string, unknown> | undefined, folder: string): DvcOutput[] {
  return (list(stage?.outs) ?? []).flatMap((out) => {
    const path = typeof out === "string" ? out : Object.keys(record(out) ?? {})[0];
    return path === undefined ? [] : [{ path: posix.join(folder, path), id: undefined }];
  });
}

function parseYaml(content: Buffer | undefined): unknown {
  if (!content || content.length > maxDvcLockBytes) return undefined;
  try {
    return parse(content.toString("utf8"), { schema: "failsafe", uniqueKeys: false, maxAliasCount: 100, logLevel: "error" });
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
