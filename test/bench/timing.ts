import { spawnSync } from "node:child_process";

export interface Timed {
  /** Milliseconds of each run, whole process. */
  milliseconds: readonly number[];
  median: number;
}

export interface TimedCommand {
  name: string;
  file: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Exit code that the command should have; default 0. */
  exitCode?: number;
}

/** Runs the commands in turn, A B C A B C …, so that a machine that slows down slows all of them. */
export function timeInTurn(commands: readonly TimedCommand[], runs: number, warmUps = 1): ReadonlyMap<string, Timed> {
  const taken = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let run = -warmUps; run < runs; run += 1)
    for (const { name, file, args, cwd, env, exitCode = 0 } of commands) {
      const start = process.hrtime.bigint();
      const result = spawnSync(file, args, { cwd, env, maxBuffer: 1 << 28 });
      const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
      if (result.status !== exitCode) throw new Error(`${name} ended with ${result.status}: ${result.stderr}${result.stdout}`);
      if (run >= 0) taken.get(name)?.push(milliseconds);
    }
  return new Map([...taken].map(([name, milliseconds]) => [name, { milliseconds, median: median(milliseconds) }]));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
