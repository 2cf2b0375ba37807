import { metricApplies } from "./metrics.ts";
import { inRepository } from "./paths.ts";
import type { Gate, Model, Spec } from "./spec.ts";

/**
 * The model as it is judged on a pull request: what decides comes from the base branch, what is run and where comes from the
 * head. The head's own metrics are shown as well, where they make sense for base's task.
 */
export function applyLaw(base: Model, head: Model): Model {
  const { id, target, positive, classes, metrics } = base.evaluate;
  const added = head.evaluate.metrics.filter((metric) => metricApplies(metric, base.task, positive));
  return {
    ...head,
    task: base.task,
    owners: base.owners,
    evaluate: { ...head.evaluate, id, target, positive, classes, metrics: [...new Set([...metrics, ...added])] },
    // Annotations are read beside the head's file, so a gate points at its own line there, or at the model.
    gates: base.gates.map((gate) => ({
      ...gate,
      position: head.gates.find((other) => sameRule(gate, other))?.position ?? head.position,
    })),
  };
}

/** What a pull request changes in the law. `model` is empty for what holds for all of them. */
export interface LawChange {
  model: string;
  /** A sentence part for people: `gate accuracy no-worse-than: 0.03 → 0.1`. */
  what: string;
}

export function compareLaws(base: Spec, head: Spec): LawChange[] {
  const changes: LawChange[] = [];
  const differ = (model: string, what: string, before: string, after: string) => {
    if (before !== after) changes.push({ model, what: `${what}: ${before} → ${after}` });
  };
  differ("", "on-inconclusive", base.onInconclusive, head.onInconclusive);
  for (const [name, before] of base.models) {
    const after = head.models.get(name);
    if (after === undefined) {
      changes.push({ model: name, what: "model removed" });
      continue;
    }
    differ(name, "task", before.task, after.task);
    differ(name, "owners", words(before.owners), words(after.owners));
    differ(name, "test set", testSet(before), testSet(after));
    differ(name, "id", before.evaluate.id ?? "row number", after.evaluate.id ?? "row number");
    differ(name, "target", before.evaluate.target ?? "none", after.evaluate.target ?? "none");
    differ(name, "positive", before.evaluate.positive ?? "none", after.evaluate.positive ?? "none");
    differ(name, "classes", words(before.evaluate.classes ?? []), words(after.evaluate.classes ?? []));
    for (const what of setChanges("metric", before.evaluate.metrics, after.evaluate.metrics)) changes.push({ model: name, what });
    for (const what of gateChanges(before.gates, after.gates)) changes.push({ model: name, what });
  }
  for (const name of head.models.keys()) if (!base.models.has(name)) changes.push({ model: name, what: "model added" });
  return changes;
}

function gateChanges(before: readonly Gate[], after: readonly Gate[]): string[] {
  const removed = before.filter((gate) => !after.some((other) => sameRule(gate, other)));
  const added = after.filter((gate) => !before.some((other) => sameRule(gate, other)));
  const moved = before.flatMap((gate) => {
    const other = after.find((candidate) => sameRule(gate, candidate));
    if (other === undefined || bound(gate) === bound(other)) return [];
    return [`gate ${gate.metric} ${gate.kind}: ${bound(gate)} → ${bound(other)}`];
  });
  const show = (gate: Gate) => `${gate.metric} ${gate.kind} ${bound(gate)}`;
  return [...moved, ...removed.map((gate) => `gate removed: ${show(gate)}`), ...added.map((gate) => `gate added: ${show(gate)}`)];
}

function setChanges(what: string, before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((value) => !after.includes(value)).map((value) => `${what} removed: ${value}`),
    ...after.filter((value) => !before.includes(value)).map((value) => `${what} added: ${value}`),
  ];
}

/** A model has at most one gate of a kind on a metric; `parseSpec` sees to it. */
function sameRule(a: Gate, b: Gate): boolean {
  return a.kind === b.kind && a.metric === b.metric;
}

function bound(gate: Gate): number {
  return gate.kind === "no-worse-than" || gate.kind === "better-than" ? gate.margin : gate.limit;
}

function testSet(model: Model): string {
  return inRepository(model, model.evaluate.data);
}

function words(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}
