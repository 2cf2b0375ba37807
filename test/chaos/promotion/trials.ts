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

/** What is done: a new version comes into the first stage, or from there into the second; or that one goes back to a version it had. */
export const courses = ["staging", "production", "rollback"] as const;
export type Course = (typeof courses)[number];

export type Trial = { course: Course } & Happening;

/** What happens meanwhile; `at` counts the requests. It is tried again until it ends. */
export type Happening =
  /** The first try meets the first, the second the second and so on. */
  | { kind: "mishaps"; mishaps: readonly { at: number; mishap: Mishap }[] }
  /** Another one runs from beginning to end before the request: the same again, or of another version into the stage. */
  | { kind: "overtaken"; at: number; by: "same" | "other" }
  /** Promotions side by side, with requests held up for a while. */
  | { kind: "together"; seed: number; of: readonly ("same" | "other")[]; mishap: { at: number; mishap: Mishap } | undefined }
  /** The process is killed before it hears of the answer, and another owner approves before it is tried again. */
  | { kind: "approved meanwhile"; at: number }
  /** The version's tag is moved to what nobody proved. */
  | { kind: "tag moved"; at: number }
  /** Somebody publishes a release of the version by hand. */
  | { kind: "by hand"; at: number }
  /** Somebody puts another file in the place of one that was shipped. */
  | { kind: "release changed"; at: number };

export interface Requests {
  /** Of each request of a promotion that nothing happens to whether it writes. */
  writes: readonly boolean[];
}

interface Extent {
  /** Requests at which something happens. */
  places: readonly number[];
  mishapsAt(at: number): readonly Mishap[];
  /** How many trials have several mishaps, or promotions side by side. */
  several: number;
  together: number;
  /** At how many of the places people meddle. */
  meddled: number;
}

/**
 * All that is tried of a course.
 * @param quick some of it: every write still dies before anybody hears of it
 */
export function planTrials(course: Course, { writes }: Requests, seed: number, quick: boolean): readonly Trial[] {
  const random = createRandom(seed);
  const place = () => Math.floor(random() * writes.length);
  const mishap = () => mishaps[Math.floor(random() * mishaps.length)] ?? "500";
  const all = writes.map((_, at) => at);
  const extent: Extent = quick
    ? {
        places: all.filter((at) => writes[at]),
        mishapsAt: () => ["killed after", ...(course === "staging" ? [mishap()] : [])],
        ...{ several: 3, together: 6, meddled: 4 },
      }
    : {
        places: all,
        mishapsAt: (at) => (writes[at] ? mishaps : [mishap(), mishap(), mishap(), mishap()]),
        several: 60,
        together: 100,
        meddled: Number.POSITIVE_INFINITY,
      };
  const { places } = extent;
  const some = <T>(list: readonly T[]) => {
    const step = Math.max(1, Math.ceil(list.length / extent.meddled));
    return list.filter((_, index) => index % step === 0);
  };
  const single = places.flatMap((at) =>
    [...new Set(extent.mishapsAt(at))].map((one): Happening => ({ kind: "mishaps", mishaps: [{ at, mishap: one }] })),
  );
  const several = Array.from({ length: extent.several }, (): Happening => {
    const tries = 2 + Math.floor(random() * 3);
    return { kind: "mishaps", mishaps: Array.from({ length: tries }, () => ({ at: place(), mishap: mishap() })) };
  });
  const versions = ["same", "other"] as const;
  const overtaken = places.flatMap((at, index) =>
    versions.filter((_, which) => !quick || which === index % 2).map((by): Happening => ({ kind: "overtaken", at, by })),
  );
  const groups = [["same"], ["other"], ["same", "other"]] as const;
  const together = Array.from({ length: extent.together }, (_, index): Happening => {
    const at = index % 2 === 0 ? undefined : { at: place(), mishap: mishap() };
    return { kind: "together", seed: seed + index, of: groups[index % groups.length] ?? [], mishap: at };
  });
  const moved = some(places).map((at): Happening => ({ kind: "tag moved", at }));
  const changed = some(quick ? [0, ...places] : places).map(
    (at): Happening => ({ kind: course === "staging" ? "by hand" : "release changed", at }),
  );
  const approved =
    course === "rollback" ? [] : all.filter((at) => writes[at]).map((at): Happening => ({ kind: "approved meanwhile", at }));
  return [...single, ...several, ...overtaken, ...together, ...approved, ...moved, ...changed].map((happening) => ({
    course,
    ...happening,
  }));
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
  return `${trial.course}: ${nameHappening(trial)}`;
}

function nameHappening(happening: Happening): string {
  const { kind } = happening;
  if (kind === "mishaps") return happening.mishaps.map(({ at, mishap }) => `${mishap} at request ${at}`).join(", then ");
  if (kind === "overtaken") return `overtaken by ${happening.by} version at request ${happening.at}`;
  if (kind !== "together") return `${kind} at request ${happening.at}`;
  const { mishap, of, seed } = happening;
  const trouble = mishap === undefined ? "" : `, ${mishap.mishap} at request ${mishap.at}`;
  return `beside ${of.map((which) => `${which} version`).join(" and ")}, seed ${seed}${trouble}`;
}
