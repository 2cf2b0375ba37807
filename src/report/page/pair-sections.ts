import { confusionSection } from "./confusion.ts";
import { flippedSection } from "./flipped-section.ts";
import type { Html } from "./html.ts";
import type { PairOnPage } from "./pair-on-page.ts";
import { pictureSections } from "./pictures.ts";
import { seedsSection } from "./seeds-section.ts";
import { slicesSection } from "./slices-section.ts";

/** All that is seen below the numbers: slices, flips, trainings, pictures. */
export async function pairSections(onPage: PairOnPage): Promise<Html[]> {
  const { pair, task, names, evidence } = onPage;
  return [
    slicesSection(onPage),
    flippedSection(pair, task),
    seedsSection(pair, task, names),
    confusionSection(pair, names),
    await pictureSections(pair, evidence, names),
  ];
}
