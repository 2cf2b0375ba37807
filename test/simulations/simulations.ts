import { aa } from "./aa.ts";
import { coverage } from "./coverage.ts";
import { decide } from "./decide.ts";
import type { Simulation } from "./simulation.ts";

export const simulations: readonly Simulation[] = [coverage, aa, decide];
