import type { Evidence, Input } from "../../evidence/evidence.ts";
import { visible } from "../../markdown/escape.ts";
import { currentEvaluation } from "../release-facts.ts";

export interface Rerun {
  /** `identical-predictions`: other bytes that say the same of every test row. */
  outcome: "bit-identical" | "identical-predictions" | "within-tolerance" | "diverged";
  /** What came out otherwise, or went in: for people. */
  differences: readonly string[];
}

/**
 * Whether training again gave what is recorded.
 * @param tolerance largest difference of a metric that counts as none; undefined: only equal predictions count as the same
 */
export function compareRerun(recorded: Evidence, again: Evidence, tolerance: number | undefined): Rerun {
  const inputs = differingInputs(recorded.inputs, again.inputs);
  const models = differing("the model of seed", modelsOf(recorded), modelsOf(again));
  const backends = differing("the backend of seed", backendsOf(recorded), backendsOf(again));
  const testSet = differing("the test set", testSetOf(recorded), testSetOf(again));
  const predictions = differing("the predictions of training", predictionsOf(recorded), predictionsOf(again));
  const metrics = differing("metric", metricsOf(recorded), metricsOf(again));
  const differences = [...inputs, ...testSet, ...backends, ...models, ...predictions, ...metrics];
  return { outcome: outcome(), differences };

  function outcome(): Rerun["outcome"] {
    if (inputs.length > 0 || testSet.length > 0) return "diverged";
    if (predictions.length === 0 && predictionsOf(recorded).size > 0)
      return models.length === 0 ? "bit-identical" : "identical-predictions";
    return tolerance !== undefined && isWithin(metricsOf(recorded), metricsOf(again), tolerance)
      ? "within-tolerance"
      : "diverged";
  }
}

type Values = ReadonlyMap<string, string>;

function differing(what: string, recorded: Values, again: Values): readonly string[] {
  return [...new Set([...recorded.keys(), ...again.keys()])].flatMap((name) => {
    const [before, now] = [recorded.get(name), again.get(name)];
    return before === now
      ? []
      : [`${[what, visible(name)].filter(Boolean).join(" ")}: ${shown(before)} is recorded, ${shown(now)} now`];
  });
}

function differingInputs(recorded: readonly Input[], again: readonly Input[]): readonly string[] {
  const byName = (inputs: readonly Input[]) => new Map(inputs.map(({ kind, name, id }) => [`${kind} ${name}`.trim(), id]));
  return differing("input", byName(recorded), byName(again));
}

function shown(value: string | undefined): string {
  return value === undefined ? "none" : visible(value.replace(/\b([0-9a-f]{12})[0-9a-f]{20,}\b/g, "$1…"), 100);
}

function modelsOf({ trainings }: Evidence): Values {
  return new Map(trainings.map(({ seed, model }) => [String(seed ?? 0), model?.digest ?? "none"]));
}

function backendsOf({ trainings }: Evidence): Values {
  return new Map(
    trainings.flatMap(({ seed, backend }) =>
      backend ? [[String(seed ?? 0), `${backend.used} ${backend.version}`] as const] : [],
    ),
  );
}

function testSetOf(evidence: Evidence): Values {
  const testSet = currentEvaluation(evidence)?.testSet;
  return new Map(testSet ? [[testSet.path, testSet.digest]] : []);
}

function predictionsOf(evidence: Evidence): Values {
  const digests = currentEvaluation(evidence)?.candidate?.predictions ?? [];
  return new Map(digests.map((digest, index) => [String(index + 1), digest]));
}

function metricsOf(evidence: Evidence): Values {
  const metrics = currentEvaluation(evidence)?.candidate?.metrics ?? [];
  return new Map(metrics.map(({ metric, value }) => [metric, String(value)]));
}

function isWithin(recorded: Values, again: Values, tolerance: number): boolean {
  if (recorded.size === 0) return false;
  return [...recorded].every(([metric, value]) => {
    const now = again.get(metric);
    return now === value || (now !== undefined && Math.abs(Number(now) - Number(value)) <= tolerance);
  });
}
