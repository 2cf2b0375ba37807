import { addsAModel, damagesTheData, improvesTheModel, takesLargerSteps } from "./changes.ts";
import type { Change } from "./team.ts";

/** Who own the models, the first one of whom may maintain the repository; whoever opens the pull requests may only write to it. */
export const owner = "owner";
export const secondOwner = "second-owner";
export const contributor = "contributor";

/** What somebody does on a pull request: a comment, or a review that approves its head. */
export type Act = { by: string; says: string } | { by: string; approves: true };

/** A pull request, and what people do once its verdict is there. */
export interface Scene {
  change: Change;
  acts: readonly Act[];
}

export const story: readonly Scene[] = [
  { change: improvesTheModel, acts: [] },
  {
    change: damagesTheData,
    acts: [
      { by: contributor, says: waiver("accuracy.no-worse-than", "It looked better yesterday") },
      { by: owner, says: "/assay retrain species" },
      { by: owner, says: waiver("accuracy.no-worse-than", "The labels are put right in the next refresh") },
      { by: owner, says: waiver("quality.at-most", "The masses are put right in the next refresh") },
      { by: owner, says: waiver("drift.at-most", "The masses are put right in the next refresh") },
    ],
  },
  { change: addsAModel, acts: [{ by: owner, approves: true }] },
];

/** What comes after the first release. */
export const nextImprovement: Scene = {
  change: takesLargerSteps,
  acts: [
    { by: owner, approves: true },
    { by: secondOwner, approves: true },
  ],
};

function waiver(gate: string, reason: string): string {
  const inTwoWeeks = new Date(Date.now() + 14 * 24 * 60 * 60_000).toISOString().slice(0, 10);
  return `/assay waive species ${gate} --reason "${reason}" --until ${inTwoWeeks}`;
}
