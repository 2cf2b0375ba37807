import { visible } from "../../src/markdown/escape.ts";
import { modelName } from "../../src/spec/values.ts";

/** Each says what is wrong with what was written, a sentence; undefined when it can be used. */
export function expectModel(text: string): string | undefined {
  return modelName.safeParse(text).success ? undefined : `${quoted(text)} cannot be the name of a model.`;
}

/** A day that there is. */
export function expectDay(text: string): string | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return isDay ? undefined : `${quoted(text)} is not a day: write year, month and day, as in 2026-12-31.`;
}

/** As `assay.yml` takes them. */
const maxSeeds = 20;

export function expectSeeds(text: string): string | undefined {
  const isCount = /^[1-9]\d?$/.test(text) && Number(text) <= maxSeeds;
  return isCount ? undefined : `${quoted(text)} is not a number of seeds, which is 1 to ${maxSeeds}.`;
}

export function quoted(text: string): string {
  return JSON.stringify(visible(text, 60));
}
