import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { uniform } from "../evaluation/goldens/generator.ts";
import { assay, temporaryFolder } from "./assay.ts";

interface Made {
  seed: number;
  rows: number;
  /** From this row on the labels are the other way round in so many cases: another meaning of the same columns. */
  turned?: { from: number; share: number };
  /** From this row on probabilities lie near a half: rows that are harder. */
  harder?: number;
  labels?: boolean;
  /** Rows whose label is known already; all where it is not given. */
  labelled?: (row: number) => boolean;
}

/** Predictions whose probabilities are right, but for where something is turned. */
function predictions({ seed, rows, turned, harder, labels = true, labelled = () => true }: Made): string {
  const [u, v, w] = [0, 1, 2].map((stream) => uniform(10 * seed + stream, rows));
  const lines = Array.from({ length: rows }, (_, row) => {
    const p = harder !== undefined && row >= harder ? 0.35 + 0.3 * (u?.[row] ?? 0) : (u?.[row] ?? 0);
    const right = (v?.[row] ?? 0) < p ? 1 : 0;
    const isTurned = turned !== undefined && row >= turned.from && (w?.[row] ?? 1) < turned.share;
    const truth = isTurned ? 1 - right : right;
    return [
      row < rows / 2 ? "may" : "june",
      p.toFixed(6),
      p >= 0.5 ? 1 : 0,
      ...(labels ? [labelled(row) ? truth : ""] : []),
    ].join(",");
  });
  return `${[["month", "p", "said", ...(labels ? ["y"] : [])].join(","), ...lines].join("\n")}\n`;
}

const columns = ["--label", "y", "--prediction", "said", "--score", "p"];

function monitor(now: Made, ...args: string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "reference.csv"), predictions({ seed: 1, rows: 6000 }));
  writeFileSync(join(folder, "now.csv"), predictions(now));
  return assay(folder, "monitor", "reference.csv", "now.csv", ...columns, ...args);
}

describe("assay monitor", () => {
  it("says that nothing changed where nothing did, with labels and without", () => {
    const { status, stdout, stderr } = monitor({ seed: 2, rows: 6000 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).not.toMatch(/WORSE|DRIFTED|ADWIN/);
    expect(stdout.match(/no change shown/g)).toHaveLength(10);
    expect(monitor({ seed: 2, rows: 6000, labels: false })).toMatchObject({ status: 0 });
  });

  it("finds concept drift by labels, which the estimate does not see, and about where it began", () => {
    const { status, stdout } = monitor({ seed: 3, rows: 6000, turned: { from: 3000, share: 0.5 } }, "--by", "month", "--json");
    expect(status).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ schema: "assay.monitor/v1", passes: false });
    expect(new Set(result.worse.map(({ window, from }: { window: string; from: string }) => `${window} by ${from}`))).toEqual(
      new Set(["june by labels"]),
    );
    const [, june] = result.windows;
    const [accuracy] = june.metrics;
    expect(accuracy.fromReference.change).toBeLessThan(-0.2);
    expect(accuracy.fromReference.interval.high).toBeLessThan(-0.15);
    // The model's word for itself is as good as ever.
    expect(Math.abs(accuracy.estimated.estimate - result.reference.metrics[0].value)).toBeLessThan(0.03);
    expect(result.errorChanges).toHaveLength(1);
    expect(Math.abs(result.errorChanges[0].since - 3000)).toBeLessThan(300);
  });

  it("finds rows that are harder without any label, and that what is predicted drifted", () => {
    const { status, stdout } = monitor({ seed: 4, rows: 6000, harder: 3000, labels: false }, "--by", "month");
    expect(status).toBe(1);
    const [may, june] = ["may", "june"].map((month) => stdout.split("\n").find((line) => line.startsWith(`| ${month} `)) ?? "");
    expect(may).toMatch(/\| 3,000 \| 0 +\| est\. 0\.7.*no change shown/);
    expect(june).toMatch(/est\. 0\.5.*WORSE: accuracy by estimate/);
    expect(stdout).toMatch(/\| p +\| score +\| KS .*DRIFTED: over/);
  });

  it.each([
    ["three labels, too few to judge by", 3],
    ["labels of the first tenth, in which nothing changed", 300],
  ])("goes by the estimate of the rest where a window has %s", (_, known) => {
    const harder = 3000 + (known > 3 ? known : 0);
    const { status, stdout } = monitor({ seed: 5, rows: 6000, harder, labelled: (row) => row < 3000 + known }, "--by", "month");
    expect(status).toBe(1);
    const [may, june] = ["may", "june"].map((month) => stdout.split("\n").find((line) => line.startsWith(`| ${month} `)) ?? "");
    expect(may).toMatch(/\| 3,000 \| 3,000 .*no change shown/);
    expect(june).toMatch(/WORSE: accuracy by estimate/);
  });

  it("goes by labels alone where nearly all rows have one", () => {
    const { status } = monitor({ seed: 5, rows: 6000, harder: 5990, labelled: (row) => row < 5990 }, "--by", "month");
    expect(status).toBe(0);
  });

  it("does not call a window worse for the luck of a few rows", () => {
    const folder = temporaryFolder();
    const regions = (seed: number) => predictions({ seed, rows: 6000, labels: false }).trimEnd().split("\n");
    const [header = "", ...rows] = regions(2);
    // Four rows of which the model is as unsure as of one in ten.
    const few = ["0.52,1", "0.48,0", "0.51,1", "0.47,0"].map((said) => `rare,${said}`);
    writeFileSync(join(folder, "reference.csv"), predictions({ seed: 1, rows: 6000 }));
    writeFileSync(join(folder, "now.csv"), `${[header, ...rows, ...few].join("\n")}\n`);
    const { status, stdout } = assay(folder, "monitor", "reference.csv", "now.csv", ...columns, "--by", "month");
    expect(stdout).toMatch(/\| rare +\| +4 .*est\. 0\.5.*no change shown/);
    expect(status).toBe(0);
  });

  it("says that it judged nothing, and does not pass, where there are neither labels nor scores", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "reference.csv"), predictions({ seed: 1, rows: 6000 }));
    writeFileSync(join(folder, "now.csv"), predictions({ seed: 2, rows: 6000, labels: false }));
    const about = ["reference.csv", "now.csv", "--label", "y", "--prediction", "said"] as const;
    const { status, stdout } = assay(folder, "monitor", ...about, "--page", "model.html");
    expect(status).toBe(3);
    expect(stdout).toContain("Not judged: no window has labels enough, or scores to estimate from.");
    expect(readFileSync(join(folder, "model.html"), "utf8")).toContain('<header class="verdict inconclusive">');
    const json = assay(folder, "monitor", ...about, "--json");
    expect(json.status).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ passes: false, judged: false, worse: [] });
  });

  it("names the column and the row of what does not fit, and not the value, which may be private", () => {
    const folder = temporaryFolder();
    const mail = "anna@x.org";
    const said = (...args: string[]) => {
      const { status, stderr, stdout } = assay(
        folder,
        "monitor",
        "a.csv",
        "b.csv",
        "--label",
        "y",
        "--prediction",
        "said",
        ...args,
      );
      expect(status).toBe(2);
      expect(stderr + stdout).not.toMatch(/anna|1\.5|x\.org/);
      return stderr;
    };
    const table = (line: string) => `at,p,said,y\n2026-01-02,0.5,1,0\n2026-01-03,0.4,0,1\n${line}\n`;
    writeFileSync(join(folder, "a.csv"), table("2026-01-02,0.5,1,0"));
    writeFileSync(join(folder, "b.csv"), table(`${mail},${mail},1,0`));
    expect(said("--score", "p")).toMatch(/^b\.csv: column p holds no number in row 3, where one was expected/);
    expect(said("--by", "at", "--period", "day")).toMatch(/^b\.csv: column at holds no day or time of ISO 8601 in row 3/);
    writeFileSync(join(folder, "b.csv"), table("2026-01-03,1.5,1,0"));
    expect(said("--score", "p")).toMatch(/^--score: column p of b\.csv holds no probability from 0 to 1 in row 3/);
    const people = Array.from({ length: 30 }, (_, row) => `2026-01-03,0.5,1,anna${row}@x.org`);
    writeFileSync(join(folder, "b.csv"), table(people.join("\n")));
    expect(said()).toMatch(/^There are 32 labels\. Add --task multiclass/);
  });

  it("writes a page of every window and metric", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "reference.csv"), predictions({ seed: 1, rows: 6000 }));
    writeFileSync(join(folder, "now.csv"), predictions({ seed: 3, rows: 6000, turned: { from: 3000, share: 0.5 } }));
    const run = (page: string) =>
      assay(folder, "monitor", "reference.csv", "now.csv", ...columns, "--by", "month", "--page", page);
    expect(run("model.html")).toMatchObject({ status: 1, stderr: "Wrote model.html\n" });
    const page = readFileSync(join(folder, "model.html"), "utf8");
    expect(page).toMatch(/The model is worse in 1 of 2 windows, last in june: accuracy, f1, roc_auc\./);
    expect(page.match(/<svg class="windows"/g)).toHaveLength(3);
    expect(run("now.csv").stderr).toMatch(/^--page: now\.csv is one of the files that are read/);
  });

  it("cuts rows by the periods of a column of times, the earliest first", () => {
    const folder = temporaryFolder();
    const days = [
      "2026-03-02",
      "2026-02-28T23:59:59",
      "2026-03-01 12:00:00",
      "2026-01-31",
      "2025-12-31",
      "",
      "2026-03-02T01:00:00+02:00",
    ];
    const lines = (rows: number) => Array.from({ length: rows }, (_, row) => `${days[row % 7]},${row % 2},${row % 2}`);
    writeFileSync(join(folder, "a.csv"), `${["day,said,y", ...lines(70)].join("\n")}\n`);
    const windowsBy = (period: string) => {
      const { stdout } = assay(
        ...([folder, "monitor", "a.csv", "a.csv", "--label", "y", "--prediction", "said"] as const),
        ...["--by", "day", "--period", period, "--json"],
      );
      return JSON.parse(stdout).windows.map(({ name, rows }: { name: string; rows: number }) => `${name}: ${rows}`);
    };
    expect(windowsBy("month")).toEqual(["2025-12: 10", "2026-01: 10", "2026-02: 10", "2026-03: 30"]);
    expect(windowsBy("year")).toEqual(["2025: 10", "2026: 50"]);
    const weeks = ["2025-12-29: 10", "2026-01-26: 10", "2026-02-23: 30", "2026-03-02: 10"];
    expect(windowsBy("week")).toEqual(weeks.map((week) => `week of ${week}`));
    expect(windowsBy("day")).toContain("2026-03-01: 20");
    const wrong = assay(
      folder,
      "monitor",
      "a.csv",
      "a.csv",
      ...["--label", "y", "--prediction", "said", "--by", "said"],
      "--period",
      "day",
    );
    expect(wrong.stderr).toMatch(/^a\.csv: column said holds no day or time of ISO 8601 in row 1/);
    expect(monitor({ seed: 2, rows: 100 }, "--period", "day").stderr).toMatch(
      /^--period is of a column of times: name it with --by/,
    );
  });

  it("puts rows into the order of a column", () => {
    const folder = temporaryFolder();
    const [header = "", ...rows] = predictions({ seed: 3, rows: 4000, turned: { from: 2000, share: 0.5 } })
      .trimEnd()
      .split("\n");
    const timed = rows.map((line, row) => `${line},2026-${String(1 + Math.floor(row / 400)).padStart(2, "0")}`);
    writeFileSync(join(folder, "reference.csv"), predictions({ seed: 1, rows: 6000 }));
    writeFileSync(join(folder, "now.csv"), `${[`${header},at`, ...timed.toReversed()].join("\n")}\n`);
    const { stdout } = assay(
      folder,
      "monitor",
      "reference.csv",
      "now.csv",
      ...columns,
      "--order",
      "at",
      "--windows",
      "2",
      "--json",
    );
    const verdicts = JSON.parse(stdout).windows.map(
      ({ metrics }: { metrics: { fromReference: { verdict: string } }[] }) => metrics[0]?.fromReference.verdict,
    );
    expect(verdicts).toEqual(["same", "worse"]);
  });

  it("looks at numbers that are predicted", () => {
    const folder = temporaryFolder();
    const table = (seed: number, off: number) => {
      const [u, v] = [0, 1].map((stream) => uniform(7 * seed + stream, 3000));
      const rows = Array.from(u ?? [], (x, row) => `${x},${x + (v?.[row] ?? 0) * (row > 1500 ? off : 1)}`);
      return `${["said,y", ...rows].join("\n")}\n`;
    };
    writeFileSync(join(folder, "a.csv"), table(1, 1));
    writeFileSync(join(folder, "b.csv"), table(2, 2));
    const about = ["--label", "y", "--prediction", "said", "--task", "regression", "--windows", "2"];
    const { status, stdout } = assay(folder, "monitor", "a.csv", "b.csv", ...about);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\| 1,501–3,000 .*WORSE: root_mean_squared_error \+0\.5/);
    expect(stdout).toMatch(/Mean error from about row 1,\d+ on \(ADWIN\)/);
  });

  it("looks at several labels", () => {
    const folder = temporaryFolder();
    const labels = ["red", "green", "blue"];
    const table = (seed: number, turnedFrom: number) => {
      const u = [0, 1, 2, 3].map((stream) => uniform(9 * seed + stream, 2000));
      const rows = Array.from({ length: 2000 }, (_, row) => {
        const weights = [0, 1, 2].map((i) => (u[i]?.[row] ?? 0) ** 2 + 0.01);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const p = weights.map((weight) => weight / total);
        const drawn = u[3]?.[row] ?? 0;
        const truth = drawn < (p[0] ?? 0) ? 0 : drawn < (p[0] ?? 0) + (p[1] ?? 0) ? 1 : 2;
        const said = p.indexOf(Math.max(...p));
        return [...p, labels[said], labels[row >= turnedFrom ? (truth + 1) % 3 : truth]].join(",");
      });
      return `${["p_red,p_green,p_blue,said,y", ...rows].join("\n")}\n`;
    };
    writeFileSync(join(folder, "a.csv"), table(1, 2000));
    writeFileSync(join(folder, "b.csv"), table(2, 1000));
    const about = ["a.csv", "b.csv", "--label", "y", "--prediction", "said", "--task", "multiclass", "--windows", "2"];
    const { status, stdout } = assay(folder, "monitor", ...about, "--score", "red=p_red,green=p_green,blue=p_blue");
    expect(status).toBe(1);
    expect(stdout).toMatch(/\| 1–1,000 .*no change shown/);
    expect(stdout).toMatch(/\| 1,001–2,000 .*est\. 0\.6.*WORSE: accuracy −0\.\d+, WORSE: f1_macro .*WORSE: roc_auc_ovr/);
    expect(assay(folder, "monitor", ...about, "--score", "red=p_red,green=p_green").stderr).toMatch(
      /^There is no column of scores of 1 label: "blue"\. .* in --score/,
    );
  });

  it("says what is wrong with what it was asked", () => {
    const now = { seed: 2, rows: 200 };
    expect(monitor(now, "--by", "month", "--window-rows", "10").stderr).toMatch(/--by and --window-rows both/);
    expect(monitor(now, "--score", "q").stderr).toMatch(/no column "q"/);
    expect(monitor(now, "--score", "a,b").stderr).toMatch(/--task multiclass/);
    expect(monitor(now, "--task", "multiclass").stderr).toMatch(/--score: "p" is not a label and its column/);
    expect(monitor(now, "--prediction", "month").stderr).toMatch(/4 labels:.*--task multiclass, or --task regression/);
    expect(monitor(now, "--score", "month").stderr).toMatch(/column month holds no number in row 1/);
    expect(monitor(now, "--window-rows", "0").status).toBe(2);
    expect(monitor({ seed: 2, rows: 600 }, "--by", "p").stderr).toMatch(/600 windows, and at most 500/);
  });
});
