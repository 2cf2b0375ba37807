/** How much is shown. */
export interface Limits {
  /** Rows of gates that pass. */
  passing: boolean;
  /** What opens on a click. */
  details: boolean;
  /** Gates a table, waivers, and models, at most. */
  rows: number;
}

export const allRows: Limits = { passing: true, details: true, rows: Number.MAX_SAFE_INTEGER };
