import * as z from "zod/mini";
import { must, number, string, type Wrong } from "./shapes.ts";

/** The scalars of `assay.yml`, each with its own words for what a value must be. */
export const maxMetrics = 100;
export const maxGates = 500;
export const maxWaivers = 100;

/** Labels and column names come from data; they may hold anything but control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to refuse them.
const printable = /^[^\u0000-\u001f\u007f-\u009f]+$/;

const isPrintable = (be: string, wrong: Wrong, max: number) => [
  z.regex(printable, wrong),
  z.maxLength(max, must(`${be} of at most ${max} characters`, "Shorten it.")),
];

export const text = (be: string, example: string, max = 1_000) => {
  const wrong = must(be, `Write for example ${example}.`);
  return string(wrong, ...isPrintable(be, wrong, max));
};

/** Why somebody goes against a rule: what blanks do not say. */
export const reason = (fix: string) => {
  const wrong = must("a reason", fix);
  return string(wrong, z.regex(/\S/, wrong), z.maxLength(2_000, must("a reason of at most 2,000 characters", "Shorten it.")));
};

const notAnApp = must("the name of an app", "Write for example assay-acme, of github.com/apps/assay-acme.");
const everybodys = must("the name of an app of yours", "Every workflow writes as github-actions: name Assay's app.");
export const appName = string(
  notAnApp,
  z.regex(/^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$/, notAnApp),
  z.refine((name) => name !== "github-actions", everybodys),
);

export const columnName = text("the name of a column", "customer_id", 200);

const notACommand = must("a command", "Write for example python train.py.");
const longCommand = must("a command of at most 10,000 characters", "Put it into a script.");
const isCommand = [z.minLength(1, { ...notACommand, abort: true }), z.maxLength(10_000, longCommand)];
export const command = string(notACommand, ...isCommand);

const notAPredictCommand = must(
  "a command with {model}, {data} and {out} in it",
  "Write python predict.py --model {model} --data {data} --out {out}.",
);
const namesItsFiles = z.regex(/^(?=[\s\S]*\{model\})(?=[\s\S]*\{data\})(?=[\s\S]*\{out\})/, notAPredictCommand);
export const predictCommand = string(notACommand, ...isCommand, namesItsFiles);

// biome-ignore lint/suspicious/noControlCharactersInRegex: to refuse them.
const relativePath = /^(?![/~])(?![A-Za-z]:)(?!(?:[^/]*\/)*\.\.(?:\/|$))[^\\\u0000-\u001f\u007f]{1,1000}$/;
const pathOf = (be: string, example: string) => {
  const wrong = must(
    `${be} below the working directory, with / between its parts`,
    `Write for example ${example}, without .. or a leading /.`,
  );
  return string(wrong, z.regex(relativePath, wrong));
};
export const path = pathOf("a path", "data/test.csv");
export const glob = pathOf("a path or glob", "src/**");

const notASharedFolder = must("an absolute path of a folder, without ..", "Write for example /mnt/shared/assay.");
export const sharedFolder = string(
  notASharedFolder,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to refuse them.
  z.regex(/^\/(?!(?:[^/]*\/)*\.\.(?:\/|$))[^\\\u0000-\u001f\u007f]{1,1000}$/, notASharedFolder),
);

export const numberFrom = (min: number, max = Number.MAX_VALUE) => {
  const wrong = must(
    max === Number.MAX_VALUE ? `a number of ${min} or more` : `a number from ${min} to ${max}`,
    "Write one that is.",
  );
  return number(wrong, z.gte(min, wrong), ...(max === Number.MAX_VALUE ? [] : [z.lte(max, wrong)]));
};

const notALabel = must("a label", 'Write it as it stands in the data, in quotes if it is not a word: "1".');
/** A class label; whole numbers are read as text. */
export const label = z.union([string(notALabel, ...isPrintable("a label", notALabel, 200)), z.int(notALabel)], notALabel);

const maxTimeoutMinutes = 5 * 24 * 60;
const notADuration = must("a duration between 1 second and 5 days", "Write for example 90m, 6h or 1h30m.");
export const duration = string(
  notADuration,
  z.regex(/^(?=\d)(\d{1,4}d)?(\d{1,4}h)?(\d{1,5}m)?(\d{1,6}s)?$/, { ...notADuration, abort: true }),
  z.refine((value) => minutesOf(value) > 0 && minutesOf(value) <= maxTimeoutMinutes, notADuration),
);

/** `1h30m` → 90, `90s` → 1.5. */
export function minutesOf(value: string): number {
  const of = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(value)?.[1] ?? 0);
  return (of("d") * 24 + of("h")) * 60 + of("m") + of("s") / 60;
}

/** An age, in days or hours. */
export const daysUpTo = (max: number) => {
  const wrong = must(`an age of at most ${max} days`, "Write for example 30d or 36h.");
  const isAge = z.regex(/^\d{1,6}[dh]$/, { ...wrong, abort: true });
  return string(
    wrong,
    isAge,
    z.refine((value) => daysOf(value) > 0 && daysOf(value) <= max, wrong),
  );
};

/** `30d` → 30, `36h` → 1.5. */
export function daysOf(value: string): number {
  return Number.parseInt(value, 10) / (value.endsWith("h") ? 24 : 1);
}

const notMemory = must("an amount of memory in MiB or GiB, at most 1,024 GiB", "Write for example 24GiB or 512MiB.");
export const memory = string(
  notMemory,
  z.regex(/^\d{1,7}(\.\d{1,3})?(MiB|GiB)$/, { ...notMemory, abort: true }),
  z.refine((value) => mebibytesOf(value) > 0 && mebibytesOf(value) <= 1_024 * 1_024, notMemory),
);

/** `24GiB` → 24,576. */
export function mebibytesOf(value: string): number {
  return Number.parseFloat(value) * (value.endsWith("GiB") ? 1_024 : 1);
}

const notAnEnvName = must(
  "the name of an environment variable that may be passed on",
  "Write a name such as HF_TOKEN; names that begin with GITHUB_, ACTIONS_, INPUT_ or ASSAY_ are never passed on.",
);
export const envName = string(
  notAnEnvName,
  z.regex(
    /^(?!(?:[Gg][Ii][Tt][Hh][Uu][Bb]|[Aa][Cc][Tt][Ii][Oo][Nn][Ss]|[Ii][Nn][Pp][Uu][Tt]|[Aa][Ss][Ss][Aa][Yy])_)(?!RUNNER_TRACKING_ID$)[A-Za-z_][A-Za-z0-9_]{0,199}$/,
    notAnEnvName,
  ),
);

const notAnOwner = must("a GitHub login or team", 'Write "@login" or "@organisation/team", in quotes.');
export const owner = string(
  notAnOwner,
  z.regex(/^@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98})(?:\/[A-Za-z0-9_][A-Za-z0-9_-]{0,99})?$/, notAnOwner),
);

const notAModelName = must(
  "a model's name of at most 100 letters, digits, -, _ or /, with a letter or digit at both ends",
  "Rename it, for example fraud or risk/fraud.",
);
/** GTO's `name`: it becomes part of tags such as `fraud@v1.2.0`, so nothing that git refuses in one, such as `//`. */
export const modelName = string(
  notAModelName,
  z.regex(/^(?!.*\/\/)[a-zA-Z0-9](?:[a-zA-Z0-9\-/_]{0,98}[a-zA-Z0-9])?$/, notAModelName),
);
