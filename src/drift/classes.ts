import type { ValueCounts } from "../data/profile.ts";
import type { CategoryCounts } from "../data/profile-counts.ts";
import type { PairedCounts } from "../statistics/permutation.ts";

/** Categories with their rows in the reference and in the current data. */
export interface CategoryClasses extends PairedCounts {
  first: number[];
  second: number[];
  /** Whether these are all categories that there are, so that it is known which ones are new. */
  isComplete: boolean;
}

export function categoryClasses(reference: ValueCounts, current: CategoryCounts): CategoryClasses {
  return reference.others.distinct === 0 ? allClasses(reference, current) : frequentClasses(reference, current);
}

/** More new categories than these are put together to so many, so that none costs much. */
const mostUnnamed = 10_000;

function allClasses(reference: ValueCounts, { values, others }: CategoryCounts): CategoryClasses {
  const first = reference.values.map(({ count }) => count);
  const named = others.mostFrequent.map(({ count }) => count);
  const unnamed = others.distinct - named.length;
  const rows = others.count - named.reduce((sum, count) => sum + count, 0);
  // Of the rest only the sum is known: they are the rarest, and taken to be of one size.
  const classes = Math.min(unnamed, mostUnnamed);
  const rest = Array.from(
    { length: classes },
    (_, i) => Math.floor(((i + 1) * rows) / classes) - Math.floor((i * rows) / classes),
  );
  return {
    first: [...first, ...named.map(() => 0), ...rest.map(() => 0)],
    second: [...values, ...named, ...rest],
    isComplete: true,
  };
}

/**
 * Of a reference with more categories than its profile lists, those that would be listed whichever side had made the list: the most
 * frequent of one side are rarer on the other by chance alone. All others are one class.
 */
function frequentClasses(reference: ValueCounts, { values, others }: CategoryCounts): CategoryClasses {
  const rows = reference.values.reduce((sum, { count }) => sum + count, reference.others.count);
  const currentRows = values.reduce((sum, count) => sum + count, others.count);
  const leastListed = reference.values.at(-1)?.count ?? 0;
  // Five standard errors above the rarest that is listed.
  const leastPooled = (1 + currentRows / rows) * (leastListed + 5 * Math.sqrt(leastListed) + 5);
  const classes: CategoryClasses = { first: [], second: [], isComplete: false };
  let [rest, currentRest] = [reference.others.count, others.count];
  for (const [i, { count }] of reference.values.entries()) {
    const current = values[i] ?? 0;
    if (count + current >= leastPooled) {
      classes.first.push(count);
      classes.second.push(current);
    } else {
      rest += count;
      currentRest += current;
    }
  }
  classes.first.push(rest);
  classes.second.push(currentRest);
  return classes;
}
