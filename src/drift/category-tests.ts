import type { ValueCounts } from "../data/profile.ts";
import type { CategoryCounts } from "../data/profile-counts.ts";
import { chiSquareStatistic } from "../statistics/chi-square.ts";
import { jensenShannonDistance } from "../statistics/divergence.ts";
import { quantileOfSorted } from "../statistics/moments.ts";
import { permutationPValue, permuteCounts } from "../statistics/permutation.ts";
import type { Random } from "../statistics/random.ts";
import type { Candidate } from "./candidate.ts";
import { categoryClasses } from "./classes.ts";
import { limits, noiseTail } from "./limits.ts";

/** Draws that every column gets: for what is printed as noise, and to see which p-values need more. */
const firstDraws = 199;

/** How often each category occurs, and how many rows are in categories that the reference lacks. */
export function categoryTests(reference: ValueCounts, current: CategoryCounts, random: Random): Candidate[] {
  const { first, second, isComplete } = categoryClasses(reference, current);
  const others = second.reduce((sum, count) => sum + count, 0);
  const draw = permuteCounts({ first, second }, [chiSquareStatistic, jensenShannonDistance, newRows], random);
  let drawn = draw(firstDraws);
  const permute = (statistic: 0 | 2, observed: number) => (draws: number) => {
    drawn = draw(Math.max(0, draws - (drawn[statistic]?.length ?? 0)));
    return permutationPValue(observed, drawn[statistic] ?? new Float64Array());
  };
  const ofValues = permute(0, chiSquareStatistic(first, second));
  const values: Candidate = {
    ...{ of: "values", measure: "js", value: jensenShannonDistance(first, second), limit: limits.js },
    noise: usual(drawn[1]),
    pValue: ofValues(firstDraws),
    counts: first.filter((count, i) => count + (second[i] ?? 0) > 0).length > 1,
    permute: ofValues,
  };
  if (!isComplete) return [values];
  const found = newRows(first, second);
  const ofNew = permute(2, found);
  const categories: Candidate = {
    ...{ of: "new-categories", measure: "share", value: found / others, limit: limits.newCategories },
    noise: usual(drawn[2]) / others,
    pValue: ofNew(firstDraws),
    counts: values.counts,
    permute: ofNew,
  };
  return [values, categories];
}

function newRows(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let rows = 0;
  for (let i = 0; i < first.length; i++) if (first[i] === 0) rows += second[i] ?? 0;
  return rows;
}

function usual(drawn: Float64Array | undefined): number {
  return quantileOfSorted((drawn ?? new Float64Array()).toSorted(), 1 - noiseTail);
}
