import type { SourcePosition } from "../errors/errors.ts";
import { type DataRule, nameOfRule, termsOfRule } from "./data-rule.ts";
import { nameOfGate } from "./gate-name.ts";
import { metricApplies } from "./metrics.ts";
import { inRepository } from "./paths.ts";
import type { Drift, Gate, Model, Spec } from "./spec.ts";

/**
 * The model as it is judged on a pull request: what decides comes from the base branch, what is run and where comes from the
 * head. The head's own metrics are shown as well, where they make sense for base's task. Seeds are the head's, since they are
 * what is run; how many base asks for is `trainingsOf`.
 */
export function applyLaw(base: Model, head: Model): Model {
  const { id, target, positive, classes, primary, group, weight, slices, metrics, lowerIsBetter } = base.evaluate;
  const added = head.evaluate.metrics.filter((metric) => !metrics.includes(metric) && makesSense(metric, base, head));
  return {
    ...head,
    task: base.task,
    train: { ...head.train, when: base.train.when },
    owners: base.owners,
    waivers: base.waivers,
    promote: base.promote,
    data: {
      ...head.data,
      public: base.data.public,
      rules: base.data.rules.map((rule) => ({ ...rule, position: placeIn(head, rule) })),
    },
    drift: base.drift,
    evaluate: {
      ...head.evaluate,
      ...{ id, target, positive, classes, primary, group, weight, slices },
      metrics: [...metrics, ...added],
      lowerIsBetter: [...lowerIsBetter, ...head.evaluate.lowerIsBetter.filter((metric) => added.includes(metric))],
    },
    // Annotations are read beside the head's file, so a gate points at its own line there, or at the model.
    gates: base.gates.map((gate) => ({
      ...gate,
      position: head.gates.find((other) => nameOfGate(gate) === nameOfGate(other))?.position ?? head.position,
    })),
  };
}

/** Where the head's file has the rule, else where it has the model. */
function placeIn(head: Model, rule: DataRule): SourcePosition {
  return head.data.rules.find((other) => nameOfRule(other) === nameOfRule(rule))?.position ?? head.position;
}

/** Trainings that the law asks of a candidate, one a seed: fewer would hide how much results vary. Which seeds is free. */
export function trainingsOf(law: Model): number {
  return law.train.seeds.length;
}

/** Whether a metric of the head's can be computed for base's task. Scores are what the head's own command gives. */
function makesSense(metric: string, base: Model, head: Model): boolean {
  if (base.task === "scored") return head.task === "scored";
  return head.task !== "scored" && metricApplies(metric, base.task, base.evaluate.positive);
}

/** What a pull request changes in the law. `model` is empty for what holds for all of them. */
export interface LawChange {
  model: string;
  /** A sentence part for people: `gate accuracy no-worse-than: 0.03 → 0.1`. */
  what: string;
  /** Both count, base's and the head's: models are judged on either test set. */
  both?: true;
}

export function compareLaws(base: Spec, head: Spec): LawChange[] {
  const changes: LawChange[] = [];
  const differ = (model: string, what: string, before: string, after: string) => {
    if (before !== after) changes.push({ model, what: `${what}: ${before} → ${after}` });
  };
  differ("", "writer of comment and check", base.writer, head.writer);
  differ("", "app whose records promotions believe", base.app ?? "none", head.app ?? "none");
  differ("", "on-inconclusive", base.onInconclusive, head.onInconclusive);
  differ("", "GPU-hours of a pull request", String(base.budget?.gpuHours ?? "any"), String(head.budget?.gpuHours ?? "any"));
  const kept = ({ retention }: Spec) => (retention ? `${retention.storeDays} days` : "for ever");
  differ("", "how long the store keeps what is not needed", kept(base), kept(head));
  for (const [name, before] of base.models) {
    const after = head.models.get(name);
    if (after === undefined) {
      changes.push({ model: name, what: "model removed" });
      continue;
    }
    differ(name, "task", before.task, after.task);
    differ(name, "owners", words(before.owners), words(after.owners));
    differ(name, "when it is trained", moment(before), moment(after));
    if (testSet(before) !== testSet(after))
      changes.push({ model: name, what: `test set: ${testSet(before)} → ${testSet(after)}`, both: true });
    if (trainingsOf(before) !== trainingsOf(after)) differ(name, "seeds", words(before.train.seeds), words(after.train.seeds));
    differ(name, "id", before.evaluate.id ?? "row number", after.evaluate.id ?? "row number");
    differ(name, "target", before.evaluate.target ?? "none", after.evaluate.target ?? "none");
    differ(name, "positive", before.evaluate.positive ?? "none", after.evaluate.positive ?? "none");
    differ(name, "classes", words(before.evaluate.classes ?? []), words(after.evaluate.classes ?? []));
    differ(name, "group", before.evaluate.group ?? "none", after.evaluate.group ?? "none");
    differ(name, "weight", before.evaluate.weight ?? "none", after.evaluate.weight ?? "none");
    differ(name, "public columns", words(sorted(before.data.public)), words(sorted(after.data.public)));
    differ(name, "drift", driftTerms(before.drift), driftTerms(after.drift));
    differ(name, "promotion", promotionTerms(before), promotionTerms(after));
    differ(name, "primary metric", before.evaluate.primary ?? "none", after.evaluate.primary ?? "none");
    differ(name, "lower is better", words(sorted(before.evaluate.lowerIsBetter)), words(sorted(after.evaluate.lowerIsBetter)));
    const told = [
      ...setChanges("metric", before.evaluate.metrics, after.evaluate.metrics),
      ...termChanges("slice", slicesOf(before), slicesOf(after)),
      ...termChanges("gate", gatesOf(before), gatesOf(after)),
      ...termChanges("rule", rulesOf(before), rulesOf(after)),
      ...termChanges("waiver", waiversOf(before), waiversOf(after)),
    ];
    for (const what of told) changes.push({ model: name, what });
  }
  for (const name of head.models.keys()) if (!base.models.has(name)) changes.push({ model: name, what: "model added" });
  return changes;
}

/** What is declared by a name, and on which terms; names and terms for people. */
type Terms = ReadonlyMap<string, string>;

function termChanges(what: string, before: Terms, after: Terms): string[] {
  const moved = [...before].flatMap(([name, terms]) => {
    const now = after.get(name);
    return now === undefined || now === terms ? [] : [`${what} ${name}: ${terms} → ${now}`];
  });
  const removed = [...before].filter(([name]) => !after.has(name));
  const added = [...after].filter(([name]) => !before.has(name));
  return [
    ...moved,
    ...removed.map(([name, terms]) => `${what} removed: ${name} ${terms}`),
    ...added.map(([name, terms]) => `${what} added: ${name} ${terms}`),
  ];
}

function slicesOf({ evaluate }: Model): Terms {
  return new Map(evaluate.slices.map(({ column, minRows }) => [column, `of ${minRows} rows or more`]));
}

function gatesOf({ gates }: Model): Terms {
  return new Map(gates.map((gate) => [gateForPeople(gate), termsOfGate(gate)]));
}

/** `recall[country] no-worse-than`. */
function gateForPeople(gate: Gate): string {
  return `${nameOfGate(gate).slice(0, -gate.kind.length - 1)} ${gate.kind}`;
}

/** `0.01`, `5%`, `3 (reported, lower is better, noise 1)`, `0.03 (worst slice shown)`. */
function termsOfGate(gate: Gate): string {
  const bound = "margin" in gate ? gate.margin : gate.limit;
  const unit = gate.resource === "gpu-memory" ? " GiB" : "";
  const amount = gate.relative ? `${Number((bound * 100).toPrecision(12))}%` : `${bound}${unit}`;
  const reported = gate.reported && [
    "reported",
    `${gate.reported.greaterIsBetter ? "higher" : "lower"} is better`,
    `noise ${gate.reported.noise}`,
  ];
  const faults = gate.data?.check === "quality" ? [gate.data.severity === "error" ? "errors" : "errors and warnings"] : [];
  const beside = [...(reported ?? []), ...faults, ...(gate.slice?.worst ? ["worst slice shown"] : [])];
  return beside.length === 0 ? amount : `${amount} (${beside.join(", ")})`;
}

function rulesOf({ data }: Model): Terms {
  return new Map(data.rules.map((rule) => [nameOfRule(rule), termsOfRule(rule)]));
}

function waiversOf({ waivers }: Model): Terms {
  return new Map(waivers.map(({ gate, until, by, reason }) => [gate, `until ${until} by ${by}: ${reason}`]));
}

function promotionTerms({ promote }: Model): string {
  if (promote === undefined) return "none";
  const { stages, approvals, notByAuthor, formats, mlflow } = promote;
  const beside = [
    ...(notByAuthor ? ["not by the author"] : []),
    ...(formats.formats ? [`as ${formats.formats.join(" or ")}`] : []),
    ...(formats.override ? [`${formats.override.formats.join(" and ")} shipped because ${formats.override.reason}`] : []),
    ...(mlflow
      ? [`shown on MLflow${mlflow.url ? ` at ${mlflow.url}` : ""} as ${mlflow.registeredModel} by ${mlflow.experiment}`]
      : []),
  ];
  return [words(stages.map((stage) => `${stage} by ${approvals.get(stage)}`)), ...beside].join(", ");
}

function setChanges(what: string, before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((value) => !after.includes(value)).map((value) => `${what} removed: ${value}`),
    ...after.filter((value) => !before.includes(value)).map((value) => `${what} added: ${value}`),
  ];
}

function moment({ train: { when } }: Model): string {
  return when === "push" ? when : `label ${when.label}`;
}

function driftTerms(drift: Drift | undefined): string {
  if (drift === undefined) return "not looked for";
  const { preset, exclude, types, weights, embeddings, maxDrifted } = drift;
  const typed = Object.entries(types).map(([column, type]) => `${column} as ${type}`);
  const beside = [
    ...(exclude.length > 0 ? [`without ${words(sorted(exclude))}`] : []),
    ...sorted(typed),
    ...sorted(Object.entries(weights).map(([column, weight]) => `${column} weighs ${weight}`)),
    ...sorted(Object.entries(embeddings).map(([name, columns]) => `${name} embedded by ${columnsInWords(columns)}`)),
    ...(maxDrifted > 0 ? [`${maxDrifted} may drift`] : []),
  ];
  return [`preset ${preset}`, ...beside].join(", ");
}

function columnsInWords(columns: string | readonly string[]): string {
  return typeof columns === "string" ? `${columns}…` : words(sorted(columns));
}

function testSet(model: Model): string {
  return inRepository(model, model.evaluate.data);
}

function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}

function words(values: readonly (string | number)[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}
