/** The first key that an object of this JSON has twice, which readers read in two ways. The text is one that JSON.parse takes. */
export function duplicateKey(json: string): string | undefined {
  /** Of each object that is open its keys; of an array nothing. */
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') {
      const start = i;
      for (i++; i < json.length && json[i] !== '"'; i++) if (json[i] === "\\") i++;
      const keys = isKey ? open.at(-1) : undefined;
      isKey = false;
      if (keys === undefined) continue;
      const key = String(JSON.parse(json.slice(start, i + 1)));
      if (keys.has(key)) return key;
      keys.add(key);
    } else if (character === "{") {
      open.push(new Set());
      isKey = true;
    } else if (character === "[") {
      open.push(undefined);
    } else if (character === "}" || character === "]") {
      open.pop();
      isKey = false;
    } else if (character === ",") isKey = open.at(-1) !== undefined;
  }
  return undefined;
}
