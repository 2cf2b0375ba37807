import * as core from "@actions/core";
import { UsageError } from "../../src/errors/errors.ts";
import { parseDotenv } from "./dotenv.ts";

/** The text of a required input. */
export function requiredInput(name: string): string {
  const value = core.getInput(name);
  if (value === "") throw new UsageError(`Input \`${name}\` is empty, and it is needed. Set it under \`with:\` in the workflow.`);
  return value;
}

/** The text of an optional input. */
export function optionalInput(name: string): string | undefined {
  return core.getInput(name) || undefined;
}

/** `true` or `false`. */
export function booleanInput(name: string): boolean {
  const value = core.getInput(name);
  if (value !== "true" && value !== "false")
    throw new UsageError(`Input \`${name}\` is ${JSON.stringify(value)}; it has to be true or false.`);
  return value === "true";
}

/** The lines of an optional input that are not blank. */
export function linesInput(name: string): readonly string[] {
  return core.getMultilineInput(name).filter((line) => line !== "");
}

/** The values of an optional input with lines of `NAME=value`; no value is shown in the log, nor any line of one. */
export function secretsInput(name: string): Readonly<Record<string, string>> {
  const text = core.getInput(name, { trimWhitespace: false });
  const values = parseDotenv(text, `input \`${name}\``);
  const secrets = new Set(Object.values(values).flatMap((value) => [value, ...value.split("\n")]));
  for (const secret of secrets) if (secret !== "") core.setSecret(secret);
  return values;
}

/** The text of an optional secret; none of its lines is shown in the log. */
export function secretInput(name: string): string | undefined {
  const secret = optionalInput(name);
  for (const line of secret?.split("\n") ?? []) if (line.trim() !== "") core.setSecret(line.trim());
  return secret;
}

/** The token to read or write with; never shown in the log. */
export function tokenInput(): string | undefined {
  const token = optionalInput("github-token");
  if (token) core.setSecret(token);
  return token;
}
