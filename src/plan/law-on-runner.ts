import type { Model, Spec } from "../spec/spec.ts";
import { isHostedLabel } from "./withhold.ts";

/** Labels that GitHub gives runners of one's own by their kind: they lead to any of that kind. */
const ofAnyRunner: readonly string[] = ["self-hosted", "linux", "windows", "macos", "x64", "arm", "arm64"];

/**
 * The models of the law whose word holds for a model that runs on a runner of these labels: its own where it runs as the law has it;
 * else those of such runners too, so that neither a new name nor another runner makes anything cheaper.
 */
export function lawOnRunner(law: Spec, name: string | undefined, labels: readonly string[]): readonly Model[] {
  const known = name === undefined ? undefined : law.models.get(name);
  if (known && hasSameLabels(known.train.runner, labels)) return [known];
  return [...law.models.values()].filter((model) => model === known || mayShare(model.train.runner, labels));
}

/** Whether they ask for the same machines. */
export function hasSameLabels(some: readonly string[], others: readonly string[]): boolean {
  const [a, b] = [new Set(lower(some)), new Set(lower(others))];
  return a.size === b.size && [...a].every((label) => b.has(label));
}

/** Whether two jobs may come to one machine, as far as labels tell. */
function mayShare(some: readonly string[], others: readonly string[]): boolean {
  const [a, b] = [distinctive(some), distinctive(others)];
  if (a.length > 0 && b.length > 0) return a.some((label) => b.includes(label));
  return ![...a, ...b].some(isHostedLabel);
}

function distinctive(labels: readonly string[]): string[] {
  return lower(labels).filter((label) => !ofAnyRunner.includes(label));
}

/** GitHub's labels are the same whatever their case. */
function lower(labels: readonly string[]): string[] {
  return labels.map((label) => label.toLowerCase());
}
