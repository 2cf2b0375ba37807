/** The labels of one row, written `red|round`; white space around them and empty parts do not count. */
export function splitLabels(text: string): string[] {
  return text
    .split("|")
    .map((label) => label.trim())
    .filter((label) => label !== "");
}

/** One 0/1 array a class: whether the class is among the labels of each row. Labels that are no class are passed over. */
export function indicatorsOf(rows: readonly (readonly string[])[], classes: readonly string[]): Uint8Array[] {
  const indicators = classes.map(() => new Uint8Array(rows.length));
  const position = new Map(classes.map((label, index) => [label, index]));
  for (const [row, labels] of rows.entries())
    for (const label of labels) {
      const indicator = indicators[position.get(label) ?? -1];
      if (indicator) indicator[row] = 1;
    }
  return indicators;
}
