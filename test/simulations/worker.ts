import { parentPort } from "node:worker_threads";
import { type Portion, simulatePortion } from "./pool.ts";
import type { Cell } from "./simulation.ts";
import { simulations } from "./simulations.ts";

const cells = new Map<string, readonly Cell[]>();

parentPort?.on("message", (portion: Portion) => {
  const known =
    cells.get(portion.simulation) ?? simulations.find(({ name }) => name === portion.simulation)?.cells(portion.size) ?? [];
  cells.set(portion.simulation, known);
  const cell = known[portion.cell];
  if (cell === undefined) throw new Error(`${portion.simulation} has no cell ${portion.cell}.`);
  parentPort?.postMessage(simulatePortion(cell, portion));
});
