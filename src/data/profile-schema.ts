import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { type ColumnProfile, maxCategories, maxKnots, type Profile } from "./profile.ts";
import { compareCodePoints } from "./value-counts.ts";

export const profileLimits = { bytes: 100 * 1024 * 1024, columns: 10_000, nameLength: 1_000, valueLength: 500 } as const;

const schemaId = "assay.profile/v1";

const count = z.int().check(z.gte(0));

const distributionSchema = z
  .strictObject({
    count,
    knots: z.array(z.number()).check(z.maxLength(maxKnots)),
    atMost: z.array(count).check(z.maxLength(maxKnots)),
    isExact: z.boolean(),
    mean: z.number(),
    std: z.number().check(z.gte(0)),
  })
  .check(
    z.refine(({ knots, atMost }) => knots.length === atMost.length, "knots and atMost must be of one length"),
    z.refine(({ knots }) => isAscending(knots), "knots must ascend"),
    z.refine(({ atMost }) => isAscending([0, ...atMost]), "atMost must ascend from more than 0"),
    z.refine(({ atMost, count }) => (atMost.at(-1) ?? 0) === count, "atMost must end in count"),
    z.refine(({ knots, mean, std }) => isWithin(knots, mean, std), "mean and std must fit the knots"),
  );

const countsSchema = z
  .strictObject({
    values: z
      .array(
        z.strictObject({
          value: z.string().check(z.minLength(1), z.maxLength(profileLimits.valueLength)),
          count: z.int().check(z.gte(1)),
        }),
      )
      .check(z.maxLength(maxCategories)),
    others: z.strictObject({ distinct: count, count }),
  })
  .check(
    z.refine(
      ({ values }) =>
        values.every(({ value, count }, index) => {
          const before = values[index - 1];
          return !before || before.count > count || (before.count === count && compareCodePoints(before.value, value) < 0);
        }),
      "values must descend by count, and by code points where that is the same",
    ),
    z.refine(({ values }) => new Set(values.map(({ value }) => value)).size === values.length, "a value stands there twice"),
    z.refine(
      ({ values, others }) =>
        others.distinct <= others.count &&
        others.distinct > 0 === others.count > 0 &&
        (others.count === 0 || values.length === maxCategories),
      "others must be what values has no room for",
    ),
  );

const shared = { name: z.string().check(z.maxLength(profileLimits.nameLength)), missing: count };

const columnSchema = z.discriminatedUnion("type", [
  z.strictObject({ ...shared, type: z.literal("number"), infinite: count, distribution: distributionSchema }),
  z.strictObject({ ...shared, type: z.literal("time"), distribution: distributionSchema }),
  z
    .strictObject({ ...shared, type: z.literal("text"), distinct: count, distribution: distributionSchema })
    .check(
      z.refine(
        ({ distinct, distribution }) => distinct <= distribution.count && distinct > 0 === distribution.count > 0,
        "distinct must fit count",
      ),
    ),
  z.strictObject({ ...shared, type: z.literal("category"), counts: countsSchema }),
  z
    .strictObject({ ...shared, type: z.literal("boolean"), counts: countsSchema })
    .check(
      z.refine(
        ({ counts }) => counts.values.every(({ value }) => value === "true" || value === "false"),
        "a boolean is true or false",
      ),
    ),
]);

const profileSchema = z
  .strictObject({
    schema: z.literal(schemaId),
    rows: count,
    columns: z.array(columnSchema).check(z.maxLength(profileLimits.columns)),
  })
  .check(
    z.refine(({ columns }) => new Set(columns.map(({ name }) => name)).size === columns.length, "two columns have one name"),
    z.refine(
      ({ rows, columns }) => columns.every((column) => rowsOf(column) === rows),
      "the rows of a column must add up to rows",
    ),
  );

/**
 * A profile from outside: of the schema's shape, within its limits, and consistent in itself.
 * @param origin where the text comes from, for messages
 * @throws UsageError that says what is wrong with it, and where
 */
export function parseProfile(text: string, origin: string): Profile {
  if (text.length > profileLimits.bytes)
    throw new UsageError(
      `${origin}: the profile has more than the ${profileLimits.bytes} bytes that Assay reads. Take fewer columns.`,
    );
  const parsed = profileSchema.safeParse(parseJson(text, origin), english);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const found = issues.slice(0, 5).map(({ path, message }) => `${printable(path.join(".")) || "profile"}: ${printable(message)}`);
  const more = issues.length > found.length ? `; and ${issues.length - found.length} more` : "";
  throw new UsageError(
    `${origin}: this is no profile as ${schemaId} has it: ${found.join("; ")}${more}. Make the profile again.`,
  );
}

/** The same profile gives the same bytes; one line a column, so that a difference can be read. */
export function serializeProfile({ schema, rows, columns }: Profile): string {
  const lines = columns.map((column) => JSON.stringify(ordered(column)));
  return `{"schema":${JSON.stringify(schema)},"rows":${rows},"columns":[\n${lines.join(",\n")}\n]}\n`;
}

function ordered(column: ColumnProfile): unknown {
  const { name, type, missing } = column;
  if ("counts" in column) {
    const { values, others } = column.counts;
    return {
      name,
      type,
      missing,
      counts: {
        values: values.map(({ value, count }) => ({ value, count })),
        others: { distinct: others.distinct, count: others.count },
      },
    };
  }
  const { count, knots, atMost, isExact, mean, std } = column.distribution;
  const distribution = { count, mean, std, isExact, knots, atMost };
  if (column.type === "number") return { name, type, missing, infinite: column.infinite, distribution };
  return column.type === "text"
    ? { name, type, missing, distinct: column.distinct, distribution }
    : { name, type, missing, distribution };
}

function parseJson(text: string, origin: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${origin}: the profile is not JSON: ${printable(error instanceof Error ? error.message : String(error))}.`,
    );
  }
}

function rowsOf(column: ColumnProfile): number {
  if ("counts" in column) {
    const { values, others } = column.counts;
    return values.reduce((sum, { count }) => sum + count, column.missing + others.count);
  }
  return column.missing + column.distribution.count + (column.type === "number" ? column.infinite : 0);
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] as number));
}

/** Rounding may carry a mean a little past the greatest value. */
function isWithin(knots: readonly number[], mean: number, std: number): boolean {
  const [least = 0, greatest = 0] = [knots[0], knots.at(-1)];
  const slack = 1e-9 * Math.max(Math.abs(least), Math.abs(greatest));
  return mean >= least - slack && mean <= greatest + slack && std / 2 <= (greatest / 4 - least / 4) * (1 + 1e-9) + slack;
}

/** Short and on one line, whatever somebody wrote into a key. */
function printable(text: string): string {
  const line = text.replace(/[^\x20-\x7e]+/g, " ");
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
