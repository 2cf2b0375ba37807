import type { Input } from "../evidence/evidence.ts";
import type { PlannedModel } from "../plan/plan.ts";

/** Something that determines the run and is not the same as in the baseline. */
export interface InputChange {
  kind: Input["kind"];
  name: string;
  before: string | undefined;
  after: string | undefined;
}

const kindOrder: readonly Input["kind"][] = ["data", "param", "code", "environment", "command", "seed", "backend", "contract"];

/** What changed from the baseline's inputs to the candidate's, in the order in which people ask for it. */
export function inputChanges({ candidate, baseline }: PlannedModel): InputChange[] {
  if (baseline === undefined || baseline.inputHash === candidate.inputHash) return [];
  const before = new Map(baseline.inputs.map((input) => [keyOf(input), input]));
  const after = new Map(candidate.inputs.map((input) => [keyOf(input), input]));
  const changes: InputChange[] = [];
  for (const [key, { kind, name, id }] of before) {
    const other = after.get(key)?.id;
    if (other !== id) changes.push({ kind, name, before: id, after: other });
  }
  for (const [key, { kind, name, id }] of after) if (!before.has(key)) changes.push({ kind, name, before: undefined, after: id });
  return changes.sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

function keyOf({ kind, name }: Input): string {
  return `${kind}\0${name}`;
}

/** Lines of a diff, at most `max` changes. */
export function diffLines(changes: readonly InputChange[], max: number): string[] {
  const lines = changes
    .slice(0, max)
    .flatMap(({ kind, name, before, after }) => [
      ...(before === undefined ? [] : [`- ${kindWords[kind]}${name === "" ? "" : ` ${name}`}: ${shortId(before)}`]),
      ...(after === undefined ? [] : [`+ ${kindWords[kind]}${name === "" ? "" : ` ${name}`}: ${shortId(after)}`]),
    ]);
  return changes.length > max ? [...lines, `  and ${changes.length - max} more`] : lines;
}

const kindWords: Readonly<Record<Input["kind"], string>> = {
  code: "code",
  data: "data",
  param: "param",
  environment: "environment",
  command: "command",
  seed: "seed",
  backend: "backend",
  contract: "training contract",
};

function shortId(id: string): string {
  return id.replace(/[0-9a-f]{32,64}/g, (hex) => `${hex.slice(0, 12)}…`);
}
