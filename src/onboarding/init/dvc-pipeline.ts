import { posix } from "node:path";
import { parse } from "yaml";
import * as z from "zod/mini";

/** A stage of a `dvc.yaml`; paths are the repository's. */
export interface Stage {
  name: string;
  /** One command line; undefined where it cannot be known without DVC: `foreach`, `matrix`, or a variable that is not found. */
  command: string | undefined;
  /** Where the command runs. */
  folder: string;
  deps: readonly string[];
  outs: readonly string[];
  metrics: readonly string[];
  params: readonly { path: string; keys: readonly string[] | undefined }[];
}

const item = z.union([z.string(), z.record(z.string(), z.unknown())]);
const items = z.optional(z.union([z.array(item), z.null()]));
const stageSchema = z.object({
  cmd: z.optional(z.union([z.string(), z.array(z.string())])),
  wdir: z.optional(z.string()),
  deps: items,
  params: items,
  outs: items,
  metrics: items,
  do: z.optional(z.unknown()),
});
const pipelineSchema = z.object({ stages: z.optional(z.record(z.string(), z.unknown())) });

/**
 * The stages of a `dvc.yaml`, in its order; what is not understood is left out.
 * @param path of the file in the repository
 * @param variables values by dotted key, for `${…}` in commands: those of `params.yaml`
 */
export function readPipeline(path: string, text: string, variables: ReadonlyMap<string, unknown>): Stage[] {
  const file = pipelineSchema.safeParse(parseYaml(text));
  const home = posix.dirname(path);
  return Object.entries(file.data?.stages ?? {}).flatMap(([name, written]) => {
    const stage = stageSchema.safeParse(written);
    if (!stage.success) return [];
    const { cmd, wdir, deps, params, outs, metrics } = stage.data;
    const folder = posix.join(home, wdir ?? ".");
    const at = (found: string) => posix.join(folder, fill(found, variables) ?? found);
    const command = [cmd ?? []].flat().map((line) => fill(line, variables));
    return [
      {
        name,
        folder,
        command: command.length > 0 && command.every((line) => line !== undefined) ? command.join(" && ") : undefined,
        deps: namesIn(deps).map(at),
        outs: namesIn(outs).map(at),
        metrics: namesIn(metrics).map(at),
        params: paramsIn(params ?? [], folder),
      },
    ];
  });
}

/** The stage and all that come before it, in the order in which they have to run. */
export function stagesUpTo(last: Stage, stages: readonly Stage[]): Stage[] {
  const ordered: Stage[] = [];
  const visit = (stage: Stage, path: readonly Stage[]) => {
    if (ordered.includes(stage) || path.includes(stage)) return;
    for (const before of stages.filter((other) => other !== stage && feeds(other, stage))) visit(before, [...path, stage]);
    ordered.push(stage);
  };
  visit(last, []);
  return ordered;
}

function feeds(one: Stage, other: Stage): boolean {
  return one.outs.some((out) => other.deps.some((dep) => isAtOrBelow(dep, out) || isAtOrBelow(out, dep)));
}

export function isAtOrBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/** Every value of a YAML or JSON file by its dotted key. */
export function dottedValues(text: string): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  const visit = (value: unknown, key: string) => {
    const members = z.record(z.string(), z.unknown()).safeParse(value);
    if (members.success) for (const [name, inner] of Object.entries(members.data)) visit(inner, key ? `${key}.${name}` : name);
    else if (key) values.set(key, value);
  };
  visit(parseYaml(text), "");
  return values;
}

function fill(text: string, variables: ReadonlyMap<string, unknown>): string | undefined {
  let open = false;
  const filled = text.replaceAll(/\$\{\s*([\w.]+)\s*\}/g, (whole, key: string) => {
    const value = variables.get(key);
    const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    open ||= !plain;
    return plain ? String(value) : whole;
  });
  return open || filled.includes("${") ? undefined : filled.trim().replaceAll(/\s*\n\s*/g, " ");
}

function namesIn(list: z.infer<typeof items>): string[] {
  return (list ?? []).flatMap((one) => (typeof one === "string" ? [one] : Object.keys(one).slice(0, 1)));
}

/** `train.lr` is a key of `params.yaml`; `{other.yaml: [a.b]}` names another file, `{other.yaml: null}` all of it. */
function paramsIn(list: NonNullable<z.infer<typeof items>>, folder: string): Stage["params"] {
  const files = new Map<string, string[] | undefined>();
  for (const one of list) {
    if (typeof one === "string") {
      files.set("params.yaml", [...(files.get("params.yaml") ?? []), one]);
      continue;
    }
    for (const [file, keys] of Object.entries(one)) {
      const names = z.array(z.string()).safeParse(keys);
      files.set(file, names.success && names.data.length > 0 ? [...(files.get(file) ?? []), ...names.data] : undefined);
    }
  }
  return [...files].map(([file, keys]) => ({ path: posix.join(folder, file), keys }));
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: false, maxAliasCount: 100, logLevel: "error" });
  } catch {
    return undefined;
  }
}
