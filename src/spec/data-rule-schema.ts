import * as z from "zod/mini";
import { ruleTypes } from "./data-rule.ts";
import { shareOf, shareText } from "./gate-schema.ts";
import { list, map, must, number, optional, rare, required, string, wholeNumber } from "./shapes.ts";
import { columnName, daysUpTo, numberFrom, path, text } from "./values.ts";

export const maxRules = 200;
/** Of a list of accepted values. */
const maxValues = 1_000;
const tenYears = 3_650;

/** What a rule may be about; a column's rule says one thing or several of the second list. */
export const ruleSubjects = ["column", "unique", "rows", "references", "fresh", "sql"] as const;
export const columnTerms = ["min", "max", "in", "matches", "missing", "type"] as const;

const notABound = must("a number, or a day or time such as 2024-01-31", "Write one of these.");
const dayOrTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const moment = () => string(notABound, z.regex(dayOrTime, { ...notABound, abort: true }), z.refine(isMoment, notABound));
const bound = () => z.union([number(notABound), moment()], notABound);

const notAValue = must("a value of the column", 'Write it as it stands in the data, in quotes if it is not a word: "1".');
const value = () => z.union([string(notAValue, z.maxLength(500, notAValue)), number(notAValue), z.boolean(notAValue)], notAValue);

const notAPattern = must(
  "a regular expression that RE2 reads, without look-around and back references",
  "Write for example [A-Z]{2}-[0-9]+, which the whole value has to match.",
);
const pattern = () => string(notAPattern, z.maxLength(1_000, notAPattern), z.refine(isPattern, notAPattern));

const notAShare = must("a share from 0 to 1, or from 0% to 100%", "Write for example 5%.");
const share = () =>
  z.union(
    [
      numberFrom(0, 1),
      string(
        notAShare,
        z.regex(shareText, { ...notAShare, abort: true }),
        z.refine((written) => shareOf(written) <= 1, notAShare),
      ),
    ],
    notAShare,
  );

const notSql = must("an SQL expression of at most 2,000 characters", "Write for example amount >= fee.");
const expression = () => string(notSql, z.regex(/\S/, notSql), z.maxLength(2_000, notSql));

const rows = () =>
  map(
    {
      "at-least": optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), { description: "Fewest rows." }),
      "at-most": optional(wholeNumber(0, Number.MAX_SAFE_INTEGER), { description: "Most rows." }),
    },
    must("a map of numbers of rows", "Write {at-least: 1000}."),
    { minProperties: 1 },
  );

const references = () =>
  map(
    {
      column: required(columnName, { description: "The column whose values are looked up; those that are missing are not." }),
      table: required(path, { description: "Another file." }),
      key: required(columnName, { description: "The column of that file which has all of them." }),
    },
    must("a map of a column and the key of another file", "Write {column: country, table: data/countries.csv, key: code}."),
  );

const fresh = () =>
  map(
    {
      column: required(columnName, { description: "A column of days or times." }),
      within: required(daysUpTo(tenYears), { description: "The age that the newest row may have: 30d, 36h." }),
    },
    must("a map of a column of times and an age", "Write {column: date, within: 30d}."),
  );

const rule = () =>
  map(
    {
      column: optional(columnName, { description: "The column that min, max, in, matches, missing and type are about." }),
      min: optional(bound(), { description: "The least value, a number or a day or time. What is neither breaks the rule." }),
      max: optional(bound(), { description: "The greatest value." }),
      in: optional(list(value(), "values", { min: 1, max: maxValues }), { description: "All values that there may be." }),
      matches: optional(pattern(), { description: "A regular expression (RE2) that the whole value has to match." }),
      missing: optional(share(), { description: "The share of rows that may have no value: 0, 5%." }),
      type: optional(z.enum(ruleTypes, must("a type", `Write one of ${ruleTypes.join(", ")}.`)), {
        description: "What every value has to be readable as.",
      }),
      unique: optional(list(columnName, "column names", { min: 1, max: 50 }), {
        description: "Columns that together name a row: no two rows have the same values. Rows that lack one are not compared.",
      }),
      rows: optional(rows(), { description: "How many rows there may be." }),
      references: optional(references(), { description: "A column whose every value stands in another file." }),
      fresh: optional(fresh(), {
        description: "A column of times whose newest is not too old and which has none in the future.",
      }),
      sql: optional(expression(), {
        description: "An expression over the columns of a row (DuckDB's SQL). Rows of which it is false break the rule.",
      }),
      name: optional(text("a name", "fee-is-part-of-amount", 100), { description: "What the expression is called." }),
      table: optional(path, {
        description:
          "The table that the rule is about, as train.inputs.data or evaluate.data name it. Default: the training data.",
      }),
      severity: optional(z.enum(["error", "warn"], must("error or warn", "Write one of these.")), {
        description: "How bad it is to break the rule.",
        default: "error",
      }),
    },
    must("a rule", "Write {column: amount, min: 0}."),
    {
      allOf: [{ oneOf: ruleSubjects.map((key) => ({ required: [key] })) }],
      dependencies: { ...Object.fromEntries(columnTerms.map((key) => [key, ["column"]])), sql: ["name"], name: ["sql"] },
    },
  );

export const dataRulesSchema = () => list(rare(rule), "rules", { max: maxRules });

function isMoment(text: string): boolean {
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(text.slice(0, 10)) && !Number.isNaN(momentOf(text));
}

/** Milliseconds since 1970; a time without a zone is in UTC. */
export function momentOf(text: string): number {
  const iso = text.replace(" ", "T");
  return Date.parse(/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(iso) || !iso.includes("T") ? iso : `${iso}Z`);
}

/** What both RE2 and JavaScript read; look-around and back references are not RE2's. */
function isPattern(text: string): boolean {
  if (text === "" || /\(\?(?:[=!]|<[=!])|\\[1-9]|\\k</.test(text)) return false;
  try {
    new RegExp(text.replace(/^\(\?[imsU]+\)/, ""));
    return true;
  } catch {
    return false;
  }
}
