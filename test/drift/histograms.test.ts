import { describe, expect, it } from "vitest";
import { countTable, profileTable } from "../../src/data/profile-values.ts";
import { compareWithProfile } from "../../src/drift/compare-with-profile.ts";

/** The picture of a column of these numbers, compared with themselves. */
function pictureOf(values: readonly number[]) {
  const table = { rows: values.length, columns: [{ kind: "number" as const, name: "x", values: Float64Array.from(values) }] };
  const profile = profileTable(table);
  return compareWithProfile(profile, countTable(profile, table)).columns[0]?.histogram;
}

describe("the picture of numbers", () => {
  it("ends at nobody's value where there are more than a few", () => {
    const salaries = Array.from({ length: 30 }, (_, index) => 41_234 + index * 977);
    const edges = pictureOf(salaries)?.edges ?? [];
    expect(edges.length).toBeGreaterThan(2);
    for (const end of [edges[0], edges.at(-1)]) expect(salaries).not.toContain(end);
    expect(edges[0]).toBeLessThan(41_234);
    const ages = Array.from({ length: 730 }, (_, index) => 18 + (index % 73));
    expect([pictureOf(ages)?.edges?.[0], pictureOf(ages)?.edges?.at(-1)]).toEqual([17, 91]);
  });

  it("is left out where the distance of the ends is no number", () => {
    expect(pictureOf([-Number.MAX_VALUE, 0, Number.MAX_VALUE])).toBeUndefined();
    expect(pictureOf([...Array.from({ length: 40 }, (_, index) => index), Number.MAX_VALUE])).toBeUndefined();
  });

  it("counts every row on both sides", () => {
    const picture = pictureOf(Array.from({ length: 1_000 }, (_, index) => index ** 2));
    for (const side of [picture?.reference, picture?.current]) expect(side?.reduce((sum, rows) => sum + rows, 0)).toBe(1_000);
  });
});
