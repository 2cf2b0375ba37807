/** A warning or an error of the log. */
export interface Trouble {
  message: string;
  /** What was thrown, in its own words. */
  detail: string | undefined;
}

export interface ToldTrouble extends Trouble {
  at: Date;
  /** How often it was told since the start. */
  times: number;
}

export interface Troubles {
  tell(trouble: Trouble): void;
  /** The newest first. */
  last(): readonly ToldTrouble[];
}

/** Of each kind the latest is kept, so that what anybody can cause, such as a refused delivery, does not push out the others. */
export function createTroubles(now: () => Date = () => new Date(), most = 20): Troubles {
  const known = new Map<string, ToldTrouble>();
  return {
    tell({ message, detail }) {
      const times = (known.get(message)?.times ?? 0) + 1;
      // It becomes the newest.
      known.delete(message);
      known.set(message, { message, detail, at: now(), times });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
    last: () => [...known.values()].toReversed(),
  };
}
