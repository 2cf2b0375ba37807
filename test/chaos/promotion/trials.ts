import type { Fault } from "../../../src/embedded-github/embedded-github.ts";

/** What happens at a request: GitHub fails, or the process is killed before it or before it hears of the answer. */
export type Mishap = "killed before" | "killed after" | FaultKind;
type FaultKind = keyof typeof faults;

const any = { pathPattern: "" };
export const faults = {
  "500": { ...any, status: 500 },
  "502 after": { ...any, status: 502, afterEffect: true },
  "cut before": { ...any, cut: "before" },
  "cut after": { ...any, cut: "after" },
  "no answer before": { ...any, timeout: "before" },
  "no answer after": { ...any, timeout: "after" },
  "asked to wait": { ...any, status: 403, retryAfter: 1 },
  "half an answer": { ...any, truncated: true },
} as const satisfies Record<string, Fault>;

const mishaps = ["killed before", "killed after", ...(Object.keys(faults) as FaultKind[])] as const;

/** What happens to a promotion; `at` counts its requests. It is tried again until it ends. */
export type Trial =
  /** The first try meets the first, the second the second and so on. */
  | { kind: "mishaps"; mishaps: readonly { at: number; mishap: Mishap }[] }
  /** Another promotion runs from beginning to end before the request: of the same version, or of another one into the stage. */
  | { kind: "overtaken"; at: number; by: "same" | "other" }
  /** Promotions side by side, with requests held up for a while. */
  | { kind: "together"; seed: number; of: readonly ("same" | "other")[]; mishap: { at: number; mishap: Mishap } | undefined }
  /** The version's tag is moved to what nobody proved. */
  | { kind: "tag moved"; at: number }
  /** Somebody publishes a release of the version by hand. */
  | { kind: "by hand"; at: number };

export interface Requests {
  /** Of each request of a promotion that nothing happens to whether it writes. */
  writes: readonly boolean[];
}

/**
 * All that is tried.
 * @param quick some of it: every write still dies before anybody hears of it, and fails in two more ways
 */
export function planTrials({ writes }: Requests, seed: number, quick: boolean): readonly Trial[] {
  const random = createRandom(seed);
  const place = () => Math.floor(random() * writes.length);
  const mishap = () => mishaps[Math.floor(random() * mishaps.length)] ?? "500";
  const all = writes.map((_, at) => at);
  const places = quick ? all.filter((at) => writes[at] || random() < 0.25) : all;
  const single = places.flatMap((at): Trial[] => {
    const few = [mishap(), ...(writes[at] ? ([mishap(), "killed after"] as const) : [])];
    return [...new Set(quick ? few : mishaps)].map((one) => ({ kind: "mishaps", mishaps: [{ at, mishap: one }] }));
  });
  const several = Array.from({ length: quick ? 5 : 100 }, (): Trial => {
    const tries = 2 + Math.floor(random() * 3);
    return { kind: "mishaps", mishaps: Array.from({ length: tries }, () => ({ at: place(), mishap: mishap() })) };
  });
  const versions = ["same", "other"] as const;
  const overtaken = places.flatMap((at) =>
    versions.filter((_, place) => !quick || writes[at] || place === at % 2).map((by): Trial => ({ kind: "overtaken", at, by })),
  );
  const groups = [["same"], ["other"], ["same", "other"]] as const;
  const together = Array.from({ length: quick ? 9 : 150 }, (_, index): Trial => {
    const at = index % 2 === 0 ? undefined : { at: place(), mishap: mishap() };
    return { kind: "together", seed: seed + index, of: groups[index % groups.length] ?? [], mishap: at };
  });
  const moved = places.map((at): Trial => ({ kind: "tag moved", at }));
  const byHand = places.filter((at) => !quick || at % 2 === 0).map((at): Trial => ({ kind: "by hand", at }));
  return [...single, ...several, ...overtaken, ...together, ...moved, ...byHand];
}

/** Mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** For people, and to find it again. */
export function nameTrial(trial: Trial): string {
  if (trial.kind === "mishaps") return trial.mishaps.map(({ at, mishap }) => `${mishap} at request ${at}`).join(", then ");
  if (trial.kind === "overtaken") return `overtaken by ${trial.by} version at request ${trial.at}`;
  if (trial.kind !== "together") return `${trial.kind} at request ${trial.at}`;
  const { mishap } = trial;
  const trouble = mishap === undefined ? "" : `, ${mishap.mishap} at request ${mishap.at}`;
  return `beside ${trial.of.map((which) => `${which} version`).join(" and ")}, seed ${trial.seed}${trouble}`;
}
