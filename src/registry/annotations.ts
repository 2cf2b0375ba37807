import { LineCounter, parseDocument } from "yaml";
import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";

/** What `artifacts:` of a dvc.yaml says of a model, in DVC's words. */
export interface Annotation {
  /** Beside the dvc.yaml. */
  path: string;
  type?: string | undefined;
  desc?: string | undefined;
  labels: readonly string[];
  meta?: unknown;
}

const text = (max: number) => z.string().check(z.maxLength(max));
const artifactsSchema = z.record(
  text(1_000),
  z.strictObject({
    path: text(4_000).check(z.minLength(1)),
    type: z.optional(text(200)),
    desc: z.optional(text(10_000)),
    labels: z._default(z.array(text(200)).check(z.maxLength(100)), []),
    meta: z.optional(z.unknown()),
  }),
);

const maxBytes = 1024 ** 2;
const maxArtifacts = 1_000;

/** Where the annotation of a model would be: `models/dvc.yaml` of `models:fraud`. */
export function dvcYamlOf(model: string): string {
  const folder = model.includes(":") ? model.slice(0, model.lastIndexOf(":")) : "";
  return folder === "" ? "dvc.yaml" : `${folder}/dvc.yaml`;
}

/**
 * The annotations of one dvc.yaml by the models' names as tags have them.
 * @throws UsageError when they are not what DVC takes; what else the file has is not looked at
 */
export function parseAnnotations(path: string, bytes: Uint8Array): ReadonlyMap<string, Annotation> {
  if (bytes.length > maxBytes)
    throw new UsageError(`${path} has ${bytes.length} bytes, more than the ${maxBytes} that are read. Split it.`);
  const lines = new LineCounter();
  const document = parseDocument(new TextDecoder().decode(bytes), { lineCounter: lines });
  // Of a key that is missing: where it should be.
  const at = (place: readonly PropertyKey[]): string => {
    const node = document.getIn(place, true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return `${path}:${lines.linePos(node.range[0]).line}`;
    return place.length === 0 ? path : at(place.slice(0, -1));
  };
  const [broken] = document.errors;
  if (broken)
    throw new UsageError(
      `${path}:${broken.linePos?.[0].line ?? 1} is no YAML: ${firstLine(broken.message)} Mend it, since its artifacts say what the models are.`,
    );
  const artifacts = read(path, () => document.toJS({ maxAliasCount: 100 }))?.artifacts ?? {};
  const parsed = artifactsSchema.safeParse(artifacts, english);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = ["artifacts", ...(issue?.path ?? [])];
    throw new UsageError(
      `${at(place)} ${place.join(".")}: ${issue?.message ?? "is not what DVC takes"}. An artifact has path, and may have type, desc, labels and meta.`,
    );
  }
  const entries = Object.entries(parsed.data);
  if (entries.length > maxArtifacts)
    throw new UsageError(`${path} has ${entries.length} artifacts, more than the ${maxArtifacts} that are read. Split it.`);
  const folder = path.slice(0, -"dvc.yaml".length).replace(/\/$/, "");
  return new Map(entries.map(([name, annotation]) => [folder === "" ? name : `${folder}:${name}`, annotation]));
}

function read(path: string, toJs: () => unknown): { artifacts?: unknown } | undefined {
  try {
    const value = toJs();
    return typeof value === "object" && value !== null ? value : undefined;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? firstLine(error.message) : String(error)}`);
  }
}

function firstLine(message: string): string {
  return `${message.split("\n")[0]?.replace(/[.:]?$/, ".")}`;
}
