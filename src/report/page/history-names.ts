/** A quantity of a training's history, and the names that its numbers have there. */
export interface HistoryQuantity {
  quantity: string;
  names: { trained?: string; heldOut?: string };
}

const before = /^(?:(.+)[./])?(?:(train|training)|val|valid|validation|eval|evaluation|dev|test)[._/](.+)$/i;
const after = /^(.+)[./](?:(train|training)|val|valid|validation|eval|evaluation|dev|test)$/i;

/**
 * Brings together what trainers log of the rows trained on and of those held out: `loss` and `val_loss`, `train/loss` and
 * `eval/loss`, `Loss/train` and `Loss/val`. Quantities with both come first.
 */
export function quantitiesOf(names: readonly string[]): HistoryQuantity[] {
  const found = new Map<string, HistoryQuantity["names"]>();
  for (const name of names) {
    const { quantity, part } = partsOf(name);
    const known = found.get(quantity) ?? {};
    // Two names of one thing are drawn by themselves.
    if (known[part] === undefined) found.set(quantity, { ...known, [part]: name });
    else found.set(name, { [part]: name });
  }
  const all = [...found].map(([quantity, both]) => ({ quantity, names: both }));
  const isPair = ({ names: { trained, heldOut } }: HistoryQuantity) => trained !== undefined && heldOut !== undefined;
  return [...all.filter(isPair), ...all.filter((one) => !isPair(one))];
}

function partsOf(name: string): { quantity: string; part: "trained" | "heldOut" } {
  const inFront = before.exec(name);
  const behind = inFront ? null : after.exec(name);
  if (!inFront && !behind) return { quantity: name, part: "trained" };
  const [, folder, isTrained, rest] = inFront ?? [];
  const quantity = behind?.[1] ?? [folder, rest].filter((part) => part !== undefined).join("/");
  return { quantity, part: (isTrained ?? behind?.[2]) === undefined ? "heldOut" : "trained" };
}
