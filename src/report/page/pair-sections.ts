import type { Evidence } from "../../evidence/evidence.ts";
import type { GateResult } from "../../gates/verdict.ts";
import type { Task } from "../../spec/spec.ts";
import type { MeasuredPair, SideNames } from "../measured.ts";
import { confusionSection } from "./confusion.ts";
import { flippedSection } from "./flipped-section.ts";
import type { Html } from "./html.ts";
import { pictureSections } from "./pictures.ts";
import { seedsSection } from "./seeds-section.ts";
import { slicesSection } from "./slices-section.ts";

export interface PairOnPage {
  pair: MeasuredPair;
  gates: readonly GateResult[];
  task: Task | undefined;
  names: SideNames;
  /** With the candidate's training history, where there is one. */
  evidence?: Evidence | undefined;
}

/** All that is seen below the numbers: slices, flips, trainings, pictures. */
export async function pairSections({ pair, gates, task, names, evidence }: PairOnPage): Promise<Html[]> {
  return [
    slicesSection(pair, gates, task, names),
    flippedSection(pair, task),
    seedsSection(pair, task, names),
    confusionSection(pair, names),
    await pictureSections(pair, evidence, names),
  ];
}
