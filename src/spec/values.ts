import { z } from "zod";

/**
 * The scalars of `assay.yml`. Every schema says in its own words what a value must be and what to write instead;
 * `explain` reads both back from the issue.
 */
export function must(be: string, fix: string): { error: string } {
  return { error: `${be}\n${fix}` };
}

/** Labels and column names come from data; they may hold anything but control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to refuse them.
const printable = /^[^\u0000-\u001f\u007f-\u009f]+$/;

export const text = (be: string, example: string, max = 1_000) => {
  const wrong = must(be, `Write for example ${example}.`);
  return z.string(wrong).min(1, wrong).max(max, wrong).regex(printable, wrong);
};

export const columnName = text("the name of a column", "customer_id", 200);

export const command = z
  .string(must("a command", "Write for example python train.py."))
  .min(1, must("a command", "Write for example python train.py."))
  .max(10_000, must("a command of at most 10,000 characters", "Put it into a script."));

const relativePath = "^(?![/~])(?![A-Za-z]:)(?!(?:[^/]*/)*\\.\\.(?:/|$))[^\\\\\\u0000-\\u001f\\u007f]+$";
const pathOf = (be: string, example: string) => {
  const wrong = must(
    `${be} below the working directory, with / between its parts`,
    `Write for example ${example}, without .. or a leading /.`,
  );
  return z.string(wrong).min(1, wrong).max(1_000, wrong).regex(new RegExp(relativePath), wrong);
};
export const path = pathOf("a path", "data/test.csv");
export const glob = pathOf("a path or glob", "src/**");

export const list = <Item extends z.ZodType>(item: Item, what: string, { min = 0, max = 100 } = {}) =>
  z
    .array(item, must(`a list of ${what}`, "Write [one, two], or one a line after a dash."))
    .min(min, must(`a list of at least ${min} ${what}`, "Add one, or leave the key out."))
    .max(max, must(`a list of at most ${max} ${what}`, "Shorten it; a glob can stand for many paths."));

export const numberFrom = (min: number, max = Number.MAX_VALUE) => {
  const wrong = must(
    max === Number.MAX_VALUE ? `a number of ${min} or more` : `a number from ${min} to ${max}`,
    "Write one that is.",
  );
  return z.number(wrong).min(min, wrong).max(max, wrong);
};

export const wholeNumber = (min: number, max: number) => {
  const wrong = must(`a whole number from ${min} to ${max}`, "Write one that is.");
  return z.int(wrong).min(min, wrong).max(max, wrong);
};

const notALabel = must("a label", 'Write it as it stands in the data, in quotes if it is not a word: "1".');
/** A class label; whole numbers are read as text. */
export const label = z.union([z.string().min(1).max(200).regex(printable), z.int()], notALabel);

const maxTimeoutMinutes = 5 * 24 * 60;
const notADuration = must("a duration between 1 minute and 5 days", "Write for example 90m, 6h or 1h30m.");
export const duration = z
  .string(notADuration)
  .regex(/^(?=\d)(\d{1,4}d)?(\d{1,4}h)?(\d{1,5}m)?$/, notADuration)
  .refine((value) => minutesOf(value) >= 1 && minutesOf(value) <= maxTimeoutMinutes, notADuration);

/** `1h30m` → 90. */
export function minutesOf(value: string): number {
  const of = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(value)?.[1] ?? 0);
  return (of("d") * 24 + of("h")) * 60 + of("m");
}

const notAnEnvName = must(
  "the name of an environment variable that may be passed on",
  "Write a name such as HF_TOKEN; names that begin with GITHUB_, ACTIONS_, INPUT_ or ASSAY_ are never passed on.",
);
export const envName = z
  .string(notAnEnvName)
  .max(200, notAnEnvName)
  .regex(
    /^(?!(?:[Gg][Ii][Tt][Hh][Uu][Bb]|[Aa][Cc][Tt][Ii][Oo][Nn][Ss]|[Ii][Nn][Pp][Uu][Tt]|[Aa][Ss][Ss][Aa][Yy])_)(?!RUNNER_TRACKING_ID$)[A-Za-z_][A-Za-z0-9_]*$/,
    notAnEnvName,
  );

const notAnOwner = must("a GitHub login or team", 'Write "@login" or "@organisation/team", in quotes.');
export const owner = z
  .string(notAnOwner)
  .regex(/^@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\/[A-Za-z0-9_][A-Za-z0-9_-]{0,99})?$/, notAnOwner);

/** GTO's `name`: it becomes part of tags such as `fraud@v1.2.0`, so nothing that git refuses in one, such as `//`. */
export const modelName = z
  .string()
  .regex(
    /^(?!.*\/\/)[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]{0,98}[a-zA-Z0-9])?$/,
    must(
      "a model's name of at most 100 letters, digits, -, _ or /, with a letter or digit at both ends",
      "Rename it, for example fraud or risk/fraud.",
    ),
  );
