import type { SourcePosition } from "../errors/errors.ts";
import { dataFile } from "./paths.ts";

/** What a table has to keep; one for each thing that a written rule asks. */
export type DataRule = {
  position: SourcePosition;
  severity: Severity;
  /** One of `train.inputs.data` or `evaluate.data`; undefined: every training table. */
  table: string | undefined;
} & RuleTerms;

/** How bad it is: an error, or something to look at. */
export type Severity = "error" | "warn";

export type RuleTerms =
  /** A number, or a day or time as ISO text; values that are neither break it too. */
  | { kind: "min" | "max"; column: string; bound: number | string }
  /** Texts as they stand in the data, and numbers. */
  | { kind: "in"; column: string; values: readonly (string | number)[] }
  /** A regular expression that the whole value matches. */
  | { kind: "matches"; column: string; pattern: string }
  /** At most this share of the rows. */
  | { kind: "missing"; column: string; share: number }
  | { kind: "type"; column: string; type: RuleType }
  | { kind: "unique"; columns: readonly string[] }
  | { kind: "at-least" | "at-most"; rows: number }
  /** Every value is one of the key of another file, whose path is as those of the model. */
  | { kind: "references"; column: string; other: string; key: string }
  | { kind: "fresh"; column: string; days: number }
  /** Rows of which the expression is false. */
  | { kind: "sql"; name: string; expression: string };

export type RuleOf<Kind extends DataRule["kind"]> = Extract<DataRule, { kind: Kind }>;

export const ruleTypes = ["number", "integer", "boolean", "time"] as const;
export type RuleType = (typeof ruleTypes)[number];

/** The rule's stable name, unique in its model: `amount.min`, `a,b.unique`, `rows.at-least`, `sql.fee`, `amount.min[data/test.csv]`. */
export function nameOfRule(rule: DataRule): string {
  return ruleName(subjectOf(rule), rule.kind === "sql" ? rule.name : rule.kind, rule.table);
}

export function ruleName(subject: string, asks: string, table: string | undefined): string {
  return `${subject}.${asks}${table === undefined ? "" : `[${table}]`}`;
}

function subjectOf(rule: RuleTerms): string {
  switch (rule.kind) {
    case "unique":
      return rule.columns.join(",");
    case "at-least":
    case "at-most":
      return "rows";
    case "sql":
      return "sql";
    default:
      return rule.column;
  }
}

/** What the rule asks, for people: `0`, `5%`, `30 days`. */
export function termsOfRule(rule: DataRule): string {
  return rule.severity === "error" ? termsOf(rule) : `${termsOf(rule)} (warn)`;
}

function termsOf(rule: RuleTerms): string {
  switch (rule.kind) {
    case "min":
    case "max":
      return String(rule.bound);
    case "in":
      return rule.values.join(", ");
    case "matches":
      return rule.pattern;
    case "missing":
      return `${Number((rule.share * 100).toPrecision(12))}%`;
    case "type":
      return rule.type;
    case "unique":
      return "every row";
    case "at-least":
    case "at-most":
      return String(rule.rows);
    case "references":
      return `${rule.key} of ${rule.other}`;
    case "fresh":
      return `${Number(rule.days.toPrecision(12))} days`;
    case "sql":
      return rule.expression;
  }
}

/** Whether a path names a file that can be read as a table, or globs of such; a `.dvc` file stands for the file it names. */
export function isTable(path: string): boolean {
  return /\.(csv|tsv|json|jsonl|ndjson)(\.gz)?$|\.parquet$/i.test(dataFile(path));
}
