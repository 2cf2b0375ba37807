import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { assay, spawnAssay, temporaryFolder } from "./assay.ts";

/** 400 rows: an amount that is moved by `shift`, a channel, and an id. */
function table(shift: number, order: (rows: string[]) => string[] = (rows) => rows): string {
  const rows = Array.from({ length: 400 }, (_, row) => `r${row},${((row * 37) % 100) + shift},${["web", "shop"][row % 2]}`);
  return `${["id,amount,channel", ...order(rows)].join("\n")}\n`;
}

const files = {
  "old.csv": table(0),
  "same.csv": table(0, (rows) => rows.toReversed()),
  "moved.csv": table(60),
};

/** With times as Parquet has them. */
async function toParquet(csv: string, parquet: string): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (SELECT CAST("at" AS TIMESTAMP) AS "at", amount FROM '${csv}') TO '${parquet}' (FORMAT parquet)`);
  connection.closeSync();
}

function drift(...args: string[]) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const ran = assay(folder, "drift", ...args);
  return {
    ...ran,
    read: (name: string) => readFileSync(join(folder, name), "utf8"),
    again: (...more: string[]) => assay(folder, "drift", ...more),
  };
}

it("leaves nothing in the temporary folder when it is interrupted", async () => {
  const folder = temporaryFolder();
  const temporary = join(folder, "temporary");
  mkdirSync(temporary);
  const line = `${Array.from({ length: 20 }, (_, column) => `${column}.123456789`).join(",")}\n`;
  const header = Array.from({ length: 20 }, (_, column) => `c${column}`).join(",");
  writeFileSync(join(folder, "large.csv"), `${header}\n${line.repeat(400_000)}`);
  const child = spawnAssay(folder, { TMPDIR: temporary }, "drift", "large.csv", "large.csv");
  const ended = once(child, "exit");
  while (readdirSync(temporary).length === 0 && child.exitCode === null) await setTimeout(5);
  expect(readdirSync(temporary)).toEqual([expect.stringMatching(/^assay-data-/)]);
  child.kill("SIGINT");
  expect(await ended).toEqual([null, "SIGINT"]);
  expect(readdirSync(temporary)).toEqual([]);
});

describe("assay drift", () => {
  it("names the columns that moved first, with both sides drawn, and fails", () => {
    const { status, stdout, stderr } = drift("old.csv", "moved.csv", "--exclude", "id");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^1 of 2 columns drifted · rows 400 → 400\n/);
    expect(stdout.split("\n").find((line) => line.includes("DRIFTED"))).toMatch(
      /^\| amount +\| number +\| .*[▁▂▃▄▅▆▇█]+ \| DRIFTED: over/,
    );
    expect(stdout).toMatch(/\| id .*excluded by drift\.exclude/);
  });

  it("passes rows that were only put into another order, and as many columns as are allowed", () => {
    expect(drift("old.csv", "same.csv")).toMatchObject({ status: 0 });
    expect(drift("old.csv", "moved.csv", "--max-drifted", "1")).toMatchObject({ status: 0 });
  });

  it("says the very same of a profile in place of the rows", () => {
    const { again, stderr, stdout } = drift("old.csv", "--profile", "old.profile.json");
    expect({ stderr, stdout }).toEqual({ stderr: "Wrote old.profile.json\n", stdout: "" });
    const [ofRows, ofProfile] = ["old.csv", "old.profile.json"].map((reference) =>
      JSON.parse(again(reference, "moved.csv", "--json").stdout),
    );
    expect(ofProfile).toEqual({ ...ofRows, reference: "old.profile.json" });
    expect(ofRows).toMatchObject({ schema: "assay.drift/v1", passes: false, drifted: 1, rows: { reference: 400, current: 400 } });
  });

  it("looks at all columns together where it is asked to, which needs rows", () => {
    const { again, read, stdout, status } = drift("old.csv", "moved.csv", "--exclude", "id", "--together");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /All columns together: DRIFTED: .* AUC of 0\.\d+, over 0\.55 .*Most telling: amount \(−0\.\d+ without it\)/,
    );
    expect(JSON.parse(again("old.csv", "same.csv", "--exclude", "id", "--together", "--json").stdout)).toMatchObject({
      passes: true,
      together: { drifted: false, limit: 0.55, rows: { reference: 400, current: 400 }, columns: [] },
    });
    again("old.csv", "moved.csv", "--exclude", "id", "--together", "--page", "together.html");
    expect(read("together.html")).toMatch(
      /All columns together drifted\.[\s\S]*<h3>All columns together<\/h3>[\s\S]*Most telling: <code>amount/,
    );
    again("old.csv", "--profile", "old.profile.json");
    expect(again("old.profile.json", "moved.csv", "--together")).toMatchObject({ status: 2 });
    expect(again("old.profile.json", "moved.csv", "--together").stderr).toMatch(
      /All columns together are compared by rows, and .* is a profile/,
    );
  });

  it("writes a page of both sides", () => {
    const { read, stderr } = drift("old.csv", "moved.csv", "--page", "drift.html");
    expect(stderr).toBe("Wrote drift.html\n");
    expect(read("drift.html")).toMatch(/<title>Drift: moved\.csv against old\.csv<\/title>[\s\S]*<svg class="histogram"/);
  });

  it("looks at the columns of an embedding as one, by preset assay", () => {
    const { status, stdout, again } = drift("old.csv", "moved.csv", "--exclude", "id", "--embeddings", "review=amo");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^1 of 2 columns drifted/);
    expect(stdout).toMatch(/\| review +\|.*KS 0\.6.*DRIFTED: over 0\.05 in its embedding/);
    expect(stdout).not.toMatch(/\| amount/);
    const psi = again("old.csv", "moved.csv", "--embeddings", "review=amo", "--preset", "psi-deciles");
    expect(psi.stderr).toMatch(/^Preset psi-deciles looks at the columns of an embedding one by one/);
    expect(again("old.csv", "moved.csv", "--embeddings", "review").stderr).toMatch(
      /^--embeddings: "review" is not what is embedded/,
    );
  });

  it.each(["csv", "parquet"])("compares with the same weekdays, months or hours of the reference alone: %s", async (format) => {
    const folder = temporaryFolder();
    // More is sold on Sundays, and all of it is more in December.
    const days = (from: string, count: number, hour = 12) =>
      Array.from({ length: count * 20 }, (_, row) => {
        const at = new Date(Date.parse(from) + Math.floor(row / 20) * 86_400_000 + hour * 3_600_000);
        const amount = ((row * 37) % 101) + (at.getUTCDay() === 0 ? 200 : 0) + (at.getUTCMonth() === 11 ? 900 : 0);
        return { at: at.toISOString(), amount };
      });
    const write = async (name: string, rows: readonly { at: string; amount: number }[]) => {
      const text = `${["at,amount", ...rows.map(({ at, amount }) => `${at},${amount}`)].join("\n")}\n`;
      writeFileSync(join(folder, `${name}.csv`), text);
      if (format === "parquet") await toParquet(join(folder, `${name}.csv`), join(folder, `${name}.parquet`));
    };
    await write("year", days("2025-01-01", 365));
    await write("sundays", days("2026-03-01", 1).concat(days("2026-03-08", 1), days("2026-03-15", 1)));
    await write("december", days("2025-12-01", 28));
    const run = (now: string, ...more: string[]) =>
      assay(folder, "drift", `year.${format}`, `${now}.${format}`, "--json", ...more);
    const found = (now: string, ...more: string[]) => {
      const { drifted, rows } = JSON.parse(run(now, ...more).stdout);
      return { drifted, reference: rows.reference };
    };
    expect(found("sundays")).toEqual({ drifted: 1, reference: 7300 });
    expect(found("december")).toMatchObject({ drifted: 1 });
    expect(found("december", "--same", "month", "--same-by", "at")).toEqual({ drifted: 0, reference: 620 });
    expect(found("sundays", "--same", "hour", "--same-by", "at")).toEqual({ drifted: 1, reference: 7300 });
    const sundays = found("sundays", "--same", "weekday", "--same-by", "at");
    expect(sundays).toEqual({ drifted: 0, reference: 52 * 20 });
    if (format === "csv")
      expect(run("sundays", "--same", "weekday", "--same-by", "at", "--together").stderr).toMatch(
        /leave `together` or `same` out/,
      );
    expect(run("sundays", "--same", "weekday").stderr).toMatch(/both are needed/);
    expect(run("sundays", "--same", "weekday", "--same-by", "amount").stderr).toMatch(
      /^Column "amount" holds no times of ISO 8601, of which there is a weekday/,
    );
  });

  it("has Evidently's numbers on request", () => {
    const { status, stdout } = drift("old.csv", "moved.csv", "--preset", "evidently-0.7", "--exclude", "id");
    expect(status).toBe(1);
    expect(stdout).toContain("By the rules of preset evidently-0.7, with its false alarms.");
  });

  it("cuts NannyML's chunks by the periods of a column of times, whatever the order of rows", () => {
    const folder = temporaryFolder();
    const months = (year: number, shift: (month: number) => number) => {
      const lines = Array.from({ length: 1200 }, (_, row) => {
        const month = 1 + ((row * 7) % 12);
        return `${year}-${String(month).padStart(2, "0")}-1${row % 9},${((row * 37) % 101) + shift(month)}`;
      });
      return `${["day,amount", ...lines].join("\n")}\n`;
    };
    writeFileSync(
      join(folder, "a.csv"),
      months(2025, () => 0),
    );
    writeFileSync(
      join(folder, "b.csv"),
      months(2026, (month) => (month === 7 ? 80 : 0)),
    );
    const run = (...more: string[]) => assay(folder, "drift", "a.csv", "b.csv", "--preset", "nannyml-0.13", ...more);
    const byMonth = run("--chunk-by", "day", "--chunk-period", "month", "--json");
    expect(byMonth.stderr).toBe("");
    const [amount, day] = JSON.parse(byMonth.stdout).columns;
    expect(amount).toMatchObject({ name: "amount", state: "drifted" });
    expect(day).toMatchObject({ name: "day", state: "not-compared" });
    // One chunk of all has no spread to go by.
    expect(run("--chunk-by", "day", "--chunk-period", "year").stdout).toContain("a single chunk, which has no spread");
    expect(run("--chunk-by", "amount", "--chunk-period", "month").stderr).toMatch(
      /^There are no times of ISO 8601 in column "amount"/,
    );
    expect(run("--chunk-by", "when", "--chunk-period", "month").stderr).toMatch(/^There is no column "when"/);
    expect(run("--chunk-by", "day").stderr).toMatch(/both are needed/);
    expect(run("--chunk-by", "day", "--chunk-period", "month", "--chunk-size", "9").stderr).toMatch(/leave one of the two out/);
    const other = assay(folder, "drift", "a.csv", "b.csv", "--chunk-by", "day", "--chunk-period", "month");
    expect(other.stderr).toMatch(/^Preset assay has no chunks of rows/);
  });

  it.each([
    [["none.csv", "old.csv"], /^none\.csv: there is no such file/],
    [["old.csv", "none.csv"], /^none\.csv: there is no such file/],
    [["old.csv", "moved.csv", "--profile", "./moved.csv"], /^--profile: \.\/moved\.csv is one of the files that are read/],
    [["old.csv", "--profile", "other.csv"], /^--profile: "other\.csv" must end in \.profile\.json/],
    [["old.csv"], /^There is one table: name the one that it is compared with/],
    [["old.csv", "moved.csv", "--types", "amount=date"], /^--types: "amount=date" is not a column and what it holds/],
    [["old.csv", "moved.csv", "--page", "old.csv"], /^--page: old\.csv is one of the files that are read/],
    [["old.profile.json", "moved.csv", "--preset", "evidently-0.7"], /goes by rows, and old\.profile\.json is a profile/],
    [["old.profile.json", "moved.csv"], /^old\.profile\.json: there is no such file/],
    [["old.csv", "moved.csv", "--preset", "psi"], /Allowed choices are assay, psi-deciles, evidently-0\.7, nannyml-0\.13/],
  ])("says what is wrong with %j", (args, message) => {
    const { status, stdout, stderr } = drift(...args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(status).toBe(/there is no such file/.test(stderr) ? 3 : 2);
  });
});
