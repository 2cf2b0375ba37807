import { markdownTable } from "markdown-table";
import type { LabelledRows } from "../../src/evaluation/rows.ts";
import { decideChange } from "../../src/gates/decide.ts";
import type { Gate } from "../../src/spec/spec.ts";
import type { Random } from "../../src/statistics/random.ts";
import { compareRows } from "../evaluation/create.ts";
import { limitCells, reportLimits } from "./limits.ts";
import { exactMcNemar } from "./mcnemar.ts";
import { type Cell, monteCarloError, percent, type Simulation, type Size, type Tally } from "./simulation.ts";

const rows = 2_000;
const disagreement = 0.1;
const tolerance = 0.025;
const drops = [0, 0.0125, tolerance, 0.0375, 0.05];
/** No change passes in at least, a drop as large as the tolerance in at most these shares. */
const leastPasses = 0.9;
const mostPasses = 0.025;

type NoWorseThan = Extract<Gate, { kind: "no-worse-than" }>;
const gate: NoWorseThan = {
  kind: "no-worse-than",
  metric: "accuracy",
  margin: tolerance,
  position: { file: "assay.yml", line: 1, column: 1 },
};

/**
 * What no-worse-than decides on 0/1 scores, beside a rule built on McNemar's test of *no change*: passes when the candidate is
 * significantly better, fails when it is significantly worse by more than the tolerance, warns when significantly worse by
 * less, and is inconclusive when the test does not reject.
 */
export const decide: Simulation = { name: "decide", cells, report };

function cells(size: Size): Cell[] {
  return [...answeredCells(size), ...limitCells(size)];
}

function answeredCells(size: Size): Cell[] {
  return drops.map((drop): Cell => {
    const lost = (disagreement + drop) / 2;
    const gained = (disagreement - drop) / 2;
    return {
      id: `answers|${drop}`,
      runs: size === "full" ? 20_000 : 2_000,
      cost: rows,
      simulate: (random) => tally(gained, lost, random),
    };
  });
}

function tally(gainedShare: number, lostShare: number, random: Random): Tally {
  const gained = random.binomial(rows, gainedShare);
  const lost = random.binomial(rows - gained, lostShare / (1 - gainedShare));
  const comparison = compareRows("accuracy", "binary", answers(rows - gained, 0), answers(rows - gained - lost, gained));
  const { outcome } = decideChange(gate, comparison, comparison.change ?? Number.NaN);
  return { [`ours|${outcome}`]: 1, [`mcnemar|${byMcNemar(gained, lost)}`]: 1 };
}

/** A model that is right in the first `right` rows and in the last `late` ones; the truth is 1 everywhere. */
function answers(right: number, late: number): LabelledRows {
  const predicted = Int32Array.from({ length: rows }, (_, row) => (row < right || row >= rows - late ? 1 : 0));
  return {
    kind: "classification",
    weights: undefined,
    task: "binary",
    count: rows,
    labels: ["0", "1"],
    truth: new Int32Array(rows).fill(1),
    predicted,
    positive: 1,
    classes: [],
    probabilities: [],
  };
}

function byMcNemar(gained: number, lost: number): "pass" | "warn" | "fail" | "inconclusive" {
  if (exactMcNemar(gained, lost) >= 0.05) return "inconclusive";
  if (gained > lost) return "pass";
  return (lost - gained) / rows > tolerance ? "fail" : "warn";
}

function report(tallies: ReadonlyMap<string, Tally>) {
  const limits = reportLimits(tallies);
  const answered = [...tallies].filter(([id]) => id.startsWith("answers|"));
  const lines = answered.map(([id, tally]) => {
    const count = (what: string) => tally[what] ?? 0;
    const runs = count("ours|pass") + count("ours|fail") + count("ours|inconclusive");
    return { drop: Number(id.split("|")[1]), runs, count, passes: count("ours|pass") / runs };
  });
  const margins = lines.flatMap(({ drop, passes, runs }) => {
    if (drop === 0) return [{ drop, passes, margin: passes - leastPasses + 2 * monteCarloError(leastPasses, runs) }];
    if (drop < tolerance) return [];
    return [{ drop, passes, margin: mostPasses + 2 * monteCarloError(mostPasses, runs) - passes }];
  });
  const worst = margins.reduce((a, b) => (b.margin < a.margin ? b : a));
  const outcomes = [
    "ours|pass",
    "ours|inconclusive",
    "ours|fail",
    "mcnemar|pass",
    "mcnemar|inconclusive",
    "mcnemar|warn",
    "mcnemar|fail",
  ];
  const text = markdownTable(
    [
      [
        "true drop",
        ...outcomes.map((outcome) => outcome.replace("ours|", "gate: ").replace("mcnemar|", "McNemar: ")),
        "simulations",
      ],
      ...lines.map(({ drop, runs, count }) => [
        String(drop),
        ...outcomes.map((outcome) => percent(count(outcome), runs)),
        runs.toLocaleString("en"),
      ]),
    ],
    { align: "r" },
  );
  return {
    tables: [
      {
        title: `No worse than ${tolerance}: 0/1 scores, ${rows.toLocaleString("en")} rows, ${percent(disagreement, 1)} disagree`,
        text,
      },
      limits.table,
    ],
    worst:
      `no change has to pass in at least ${percent(leastPasses, 1)}, a drop of ${tolerance} or more in at most ${percent(mostPasses, 1)}, two Monte Carlo ` +
      `errors allowed; closest: a true drop of ${worst.drop} passes in ${percent(worst.passes, 1)}; ${limits.said}`,
    kept: worst.margin >= 0 && limits.kept,
  };
}
