import * as z from "zod/mini";

/** Numbers that a trainer wrote itself, flattened (`{val: {f1: 1}}` → `val.f1`), or what is wrong with them, for people. */
export type ReportedMetrics = { numbers: Record<string, number> } | { problem: string };

const maxNumbers = 1_000;
const maxDepth = 10;

/**
 * Reads the text of a metrics file: JSON of numbers, nested at will. Python writes `NaN` and `Infinity`, which JSON has not;
 * they are found by name. Messages name keys, never other values.
 */
export function readReportedMetrics(name: string, text: string): ReportedMetrics {
  const parsed = parseJson(text);
  if (!parsed) return { problem: `${name} is not JSON. Write one JSON object of numbers, such as {"loss": 0.25}.` };
  const numbers = new Map<string, number>();
  const problem = flatten(parsed.value, "", 0);
  if (problem) return { problem };
  return { numbers: Object.fromEntries(numbers) };

  function flatten(value: unknown, key: string, depth: number): string | undefined {
    const where = key === "" ? name : `${name}: ${JSON.stringify(key)}`;
    if (typeof value === "number") {
      if (key === "") return `${name} holds one bare number. Write an object that names it, such as {"loss": 0.25}.`;
      if (key.length > 200) return `${name} has a key of more than 200 characters. Use shorter names.`;
      if (numbers.has(key)) return `${where} is there twice. Give every number its own name.`;
      if (numbers.size === maxNumbers) return `${name} has more than ${maxNumbers} numbers. Report fewer.`;
      numbers.set(key, value);
      return undefined;
    }
    if (value === notANumber)
      return `${where} is not a finite number. Training has diverged, or the metric is undefined: mend it or leave it out.`;
    // zod leaves this key out without a word.
    if (typeof value === "object" && value !== null && Object.hasOwn(value, "__proto__"))
      return `${where} has a key "__proto__", which cannot be kept. Give the number another name.`;
    const members = z.record(z.string(), z.unknown()).safeParse(value);
    if (!members.success) return `${where} is ${kindOf(value)}, but a number was expected. Report numbers only.`;
    if (depth === maxDepth) return `${where} is nested more than ${maxDepth} deep. Report flatter.`;
    for (const [member, inner] of Object.entries(members.data)) {
      const found = flatten(inner, key === "" ? member : `${key}.${member}`, depth + 1);
      if (found) return found;
    }
    return undefined;
  }
}

/** Stands for NaN and Infinity, which JSON cannot say. */
const notANumber = "\u0000not a number";

function parseJson(text: string): { value: unknown } | undefined {
  // Texts pass unchanged; bare NaN and Infinity become a text that no metrics file holds.
  const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(notANumber),
  );
  try {
    return { value: JSON.parse(mended, (_, value: unknown) => (value === Infinity || value === -Infinity ? notANumber : value)) };
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "text" : typeof value === "boolean" ? "true or false" : "something else";
}
