import { aa } from "./aa.ts";
import { coverage } from "./coverage.ts";
import { decide } from "./decide.ts";
import { driftNull } from "./drift-null.ts";
import { driftPower } from "./drift-power.ts";
import type { Simulation } from "./simulation.ts";

export const simulations: readonly Simulation[] = [coverage, aa, decide, driftNull, driftPower];
