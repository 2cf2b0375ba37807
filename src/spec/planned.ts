/** What the design of `assay.yml` knows and this version does not do yet: told apart from mistakes, and never accepted in silence. */
const plannedKeys: Readonly<Record<string, readonly string[]>> = {
  "models.*.train": ["container"],
  "models.*.train.outputs": ["predictions"],
  "models.*.evaluate": ["sensitive"],
};

/** Which values, and what is lacking for them where that is more than the time to build it. */
const plannedValues: Readonly<Record<string, { is: (value: unknown) => boolean; because?: string }>> = {
  baseline: { is: (value) => typeof value === "string" && /^(stage:.+|v\d.*)$/.test(value) },
  "models.*.drift.preset": {
    is: (value) => ["evidently-0.7", "nannyml-0.13"].includes(String(value)),
    because: "Only the baseline's profile is kept, and this preset goes by rows; `assay drift --preset` knows it.",
  },
  "models.*.train.when": { is: (value) => value === "command", because: "Commands in comments need Assay's app." },
};

type Path = readonly PropertyKey[];

/** @param parent path of the map that the key was found in */
export function isPlannedKey(parent: Path, key: string): boolean {
  return plannedKeys[pattern(parent)]?.includes(key) ?? false;
}

export function plannedValue(path: Path, value: unknown): { because?: string } | undefined {
  const planned = plannedValues[pattern(path)];
  return planned?.is(value) ? planned : undefined;
}

/** `["models", "fraud", "gates", 0]` → `models.*.gates.*`. */
function pattern(path: Path): string {
  return path
    .map((part, index) => (typeof part === "number" || (index === 1 && path[0] === "models") ? "*" : String(part)))
    .join(".");
}
