/** One file is read once in a process: compiling its schemas would take longer than reading it by them. */
export const once = { jitless: true };

/** What is wrong between keys, in the form of the schema's own issues. */
export interface BrokenRule {
  code: "custom";
  path: PropertyKey[];
  message: string;
  params: { fix: string; anyOf: readonly string[] | undefined };
}

/**
 * Reports a mistake at a path below the checked value; a path that is not there stands for its parent. With `anyOf`, any of
 * these keys would have done in place of the path's last part.
 */
export type Report = (path: readonly PropertyKey[], message: string, fix: string, anyOf?: readonly string[]) => void;

export function below(report: Report, ...parent: readonly PropertyKey[]): Report {
  return (path, ...what) => report([...parent, ...path], ...what);
}

/**
 * Rules over several keys are plain functions over values that nobody has checked, so that all mistakes are found at once,
 * whatever else is wrong beside them, and so that starting costs nothing.
 */
export type Loose = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list; of anything else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** One of `keys` has to be there, and no second one. */
export function exactlyOne(map: Loose, keys: readonly string[], report: Report, fix: string): void {
  const present = keys.filter((key) => map[key] !== undefined);
  const [, second] = present;
  if (second !== undefined) report([second], `Only one of ${keys.join(", ")} can be used; found ${present.join(" and ")}.`, fix);
  else if (present.length === 0) report([keys[0] ?? ""], `One of ${keys.join(", ")} is missing.`, fix, keys);
}
