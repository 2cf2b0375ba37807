import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { createRandom } from "../../src/statistics/random.ts";
import { seedOf } from "./random-normal.ts";
import type { Cell, Simulation, Size, Tally } from "./simulation.ts";

/** Runs `first` to `first + count − 1` of a cell. */
export interface Portion {
  simulation: string;
  size: Size;
  cell: number;
  first: number;
  count: number;
}

/** Rows a portion: some seconds of work, so that progress moves and no worker waits long for the last. */
const portionCost = 4_000_000;

/** All runs of all cells, on as many workers as the machine has cores; the same numbers however many these are. */
export async function simulateAll(simulation: Simulation, size: Size): Promise<Map<string, Tally>> {
  const cells = simulation.cells(size);
  const portions = cells.flatMap((cell, index) => portionsOf(simulation.name, size, cell, index));
  const costOf = ({ cell, count }: Portion) => count * (cells[cell]?.cost ?? 0);
  const total = portions.reduce((sum, portion) => sum + costOf(portion), 0);
  const tallies = new Map<string, Tally>(cells.map(({ id }) => [id, {}]));
  const waiting = portions.toSorted((a, b) => costOf(b) - costOf(a));
  const start = performance.now();
  let done = 0;
  const work = async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    try {
      for (let portion = waiting.shift(); portion !== undefined; portion = waiting.shift()) {
        const tally = tallies.get(cells[portion.cell]?.id ?? "");
        if (tally) add(tally, await ask(worker, portion));
        done += costOf(portion);
        progress(simulation.name, done / total, start);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  process.stderr.write("\n");
  return tallies;
}

function portionsOf(simulation: string, size: Size, { runs, cost }: Cell, cell: number): Portion[] {
  const each = Math.max(1, Math.min(runs, Math.floor(portionCost / cost)));
  return Array.from({ length: Math.ceil(runs / each) }, (_, i) => {
    return { simulation, size, cell, first: i * each, count: Math.min(each, runs - i * each) };
  });
}

/** The same whoever runs it: every run has a seed of its own. */
export function simulatePortion({ id, simulate }: Cell, { simulation, first, count }: Portion): Tally {
  const total: Tally = {};
  for (let run = first; run < first + count; run++) add(total, simulate(createRandom(seedOf(`${simulation}|${id}|${run}`))));
  return total;
}

function add(total: Tally, more: Tally): void {
  for (const [name, count] of Object.entries(more)) total[name] = (total[name] ?? 0) + count;
}

function ask(worker: Worker, portion: Portion): Promise<Tally> {
  return new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (tally: Tally) => {
      worker.off("error", reject);
      resolve(tally);
    });
    worker.postMessage(portion);
  });
}

function progress(name: string, share: number, start: number): void {
  const seconds = ((performance.now() - start) / 1_000).toFixed(0);
  const line = `${name}: ${(100 * share).toFixed(0)}% after ${seconds} s`;
  process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
}
