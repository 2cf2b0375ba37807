/** A 95% interval. Structurally the evidence's. */
export interface Interval {
  low: number;
  high: number;
}

/** An interval by Student's t, with its degrees of freedom; undefined: by a normal distribution, or by none. */
export interface TInterval {
  interval: Interval;
  degreesOfFreedom: number | undefined;
}

export function symmetric(centre: number, halfWidth: number): Interval {
  return { low: centre - halfWidth, high: centre + halfWidth };
}

export function clip({ low, high }: Interval, range: Interval): Interval {
  return { low: Math.min(Math.max(low, range.low), range.high), high: Math.max(Math.min(high, range.high), range.low) };
}

/** The interval of the negated number. */
export function mirror({ low, high }: Interval): Interval {
  return { low: 0 - high, high: 0 - low };
}
