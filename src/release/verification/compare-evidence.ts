import type { Evidence } from "../../evidence/evidence.ts";
import { visible } from "../../markdown/escape.ts";

/** Where one evidence differs from another, a clause each: of one list or object only what is in it. */
export function compareEvidence(released: Evidence, uploaded: Evidence): readonly string[] {
  return differences(released, uploaded, "");
}

function differences(here: unknown, there: unknown, path: string): string[] {
  if (!isContainer(here) || !isContainer(there) || Array.isArray(here) !== Array.isArray(there))
    return Object.is(here, there) ? [] : [`${visible(path, 200)} is ${shown(here)} and was ${shown(there)}`];
  const keys = [...new Set([...Object.keys(here), ...Object.keys(there)])];
  return keys.flatMap((key) => differences(here[key], there[key], path === "" ? key : `${path}.${key}`));
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  if (value === undefined) return "not there";
  return isContainer(value) ? "there" : visible(JSON.stringify(value) ?? "", 60);
}
