/** Rows that were summed up: how many follows from the level. */
interface Bucket {
  total: number;
  /** Sum of squared distances from the bucket's mean. */
  squares: number;
}

export interface Adwin {
  /** @returns whether the mean of the values has changed */
  add(value: number): boolean;
  /** Of the values since the last change. */
  readonly mean: number;
  readonly width: number;
}

/** Buckets of a level before two of them are merged into one of the next. */
const mostBuckets = 5;
/** Looked for a change every so many values. */
const clock = 32;
const leastWidth = 10;
/** Of each of the two parts. */
const leastPart = 5;

/**
 * Adaptive windowing (A. Bifet, R. Gavaldà, 2007): keeps a window of the latest values, as long as no cut splits it into two parts
 * whose means differ by more than chance explains. As River 0.26 has it: what it finds, at which value, and that it begins anew
 * after each change. Memory and time grow with the logarithm of the window.
 * @param delta how often it may be wrong, of a window
 */
export function createAdwin(delta = 0.002): Adwin {
  let window = createWindow();
  let seen = 0;
  let changed = false;
  return {
    add(value) {
      if (changed) {
        window = createWindow();
        seen = 0;
      }
      window.add(value);
      seen++;
      changed = seen % clock === 0 && window.width > leastWidth && dropUntilAlike(window, delta);
      return changed;
    },
    get mean() {
      return window.total / window.width;
    },
    get width() {
      return window.width;
    },
  };
}

interface Window {
  width: number;
  total: number;
  squares: number;
  /** Of each level the oldest first; a bucket of level i holds 2ⁱ values. Higher levels are older. */
  levels: Bucket[][];
  add(value: number): void;
  dropOldest(): void;
}

function createWindow(): Window {
  const window: Window = {
    width: 0,
    total: 0,
    squares: 0,
    levels: [[]],
    add(value) {
      if (window.width > 0) window.squares += (window.width * (value - window.total / window.width) ** 2) / (window.width + 1);
      window.width++;
      window.total += value;
      window.levels[0]?.push({ total: value, squares: 0 });
      compress(window.levels);
    },
    dropOldest() {
      const level = window.levels.length - 1;
      const oldest = window.levels[level]?.shift();
      if (oldest === undefined) return;
      const rows = 2 ** level;
      window.width -= rows;
      window.total -= oldest.total;
      const apart = oldest.total / rows - window.total / window.width;
      window.squares -= oldest.squares + (rows * window.width * apart * apart) / (rows + window.width);
      if (window.levels[level]?.length === 0 && level > 0) window.levels.pop();
    },
  };
  return window;
}

function compress(levels: Bucket[][]): void {
  for (let level = 0; (levels[level]?.length ?? 0) > mostBuckets; level++) {
    const [first, second] = levels[level]?.splice(0, 2) ?? [];
    if (first === undefined || second === undefined) return;
    const rows = 2 ** level;
    const apart = (first.total - second.total) / rows;
    const merged = { total: first.total + second.total, squares: first.squares + second.squares + (rows * apart * apart) / 2 };
    const next = levels[level + 1];
    if (next === undefined) levels.push([merged]);
    else next.push(merged);
  }
}

/** Drops the oldest values while a cut tells them from the others. @returns whether there was such a cut */
function dropUntilAlike(window: Window, delta: number): boolean {
  let found = false;
  while (hasCut(window, delta)) {
    found = true;
    window.dropOldest();
  }
  return found;
}

function hasCut({ levels, width, total, squares }: Window, delta: number): boolean {
  const confidence = Math.log((2 * Math.log(width)) / delta);
  let older = { rows: 0, total: 0 };
  for (let level = levels.length - 1; level >= 0; level--) {
    for (const bucket of levels[level] ?? []) {
      older = { rows: older.rows + 2 ** level, total: older.total + bucket.total };
      const newer = { rows: width - older.rows, total: total - older.total };
      if (older.rows < leastPart || newer.rows < leastPart) continue;
      const apart = Math.abs(older.total / older.rows - newer.total / newer.rows);
      const size = 1 / (older.rows - leastPart + 1) + 1 / (newer.rows - leastPart + 1);
      const chance = Math.sqrt(2 * size * (squares / width) * confidence) + (2 / 3) * confidence * size;
      if (apart > chance) return true;
    }
  }
  return false;
}
