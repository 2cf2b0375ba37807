/** What the design of `assay.yml` knows and this version does not do yet: told apart from mistakes, and never accepted in silence. */
const plannedKeys: Readonly<Record<string, readonly string[]>> = {
  "models.*": ["drift", "promote"],
  "models.*.train": ["when", "container"],
  "models.*.train.outputs": ["predictions"],
  "models.*.evaluate": ["sensitive"],
  "models.*.data": ["pull", "public", "rules"],
  "models.*.gates.*": ["drift", "quality"],
};

const plannedValues: Readonly<Record<string, (value: unknown) => boolean>> = {
  baseline: (value) => typeof value === "string" && /^(stage:.+|v\d.*)$/.test(value),
  writer: (value) => value === "app",
};

type Path = readonly PropertyKey[];

/** @param parent path of the map that the key was found in */
export function isPlannedKey(parent: Path, key: string): boolean {
  return plannedKeys[pattern(parent)]?.includes(key) ?? false;
}

export function isPlannedValue(path: Path, value: unknown): boolean {
  return plannedValues[pattern(path)]?.(value) ?? false;
}

/** `["models", "fraud", "gates", 0]` → `models.*.gates.*`. */
function pattern(path: Path): string {
  return path
    .map((part, index) => (typeof part === "number" || (index === 1 && path[0] === "models") ? "*" : String(part)))
    .join(".");
}
