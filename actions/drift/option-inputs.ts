import { UsageError } from "../../src/errors/errors.ts";
import type { Called } from "../../src/flows/called.ts";
import { optionalInput } from "../runtime/inputs.ts";

/** How an option is called in a workflow. */
export const called: Called = (name, value) => (value === undefined ? `input \`${name}\`` : `\`${name}: ${value}\``);

export function choiceInput<T extends string>(name: string, known: readonly T[]): T | undefined {
  const written = optionalInput(name);
  if (written === undefined) return undefined;
  const found = known.find((one) => one === written);
  if (found !== undefined) return found;
  throw wrong(name, written, `one of ${known.join(", ")}`);
}

/** A whole number from 1. */
export function countInput(name: string): number | undefined {
  const written = optionalInput(name);
  if (written === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw wrong(name, written, "a whole number from 1");
}

export function wrong(name: string, value: string, expected: string): UsageError {
  return new UsageError(`Input \`${name}\` is ${JSON.stringify(value)}; it has to be ${expected}.`);
}
