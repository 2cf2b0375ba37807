import type { Fault } from "../../src/embedded-github/faults.ts";
import { createRandom, type Random } from "../../src/statistics/random.ts";

/** Something that people or their workflows do on GitHub; `pull` says on which of the pull requests. */
export type Act =
  | { kind: "run"; pull: number; passes: boolean }
  | { kind: "push"; pull: number }
  | { kind: "finish-dispatched"; pull: number; passes: boolean }
  | { kind: "comment"; pull: number; author: "owner" | "maintainer" | "contributor" | "reader"; body: string }
  | { kind: "button"; pull: number; by: "owner" | "reader"; button: "retrain" | "approve" | "explain" }
  | { kind: "review"; pull: number; author: "owner" | "reader" };

/** What happens to the deliveries that an act leads to, and how much of the work is done before the next. */
export interface Turn {
  act: Act;
  deliveries: { lose: boolean; twice: boolean; reverse: boolean; together: boolean };
  work: "none" | "one" | "both";
  /** In seconds, what the machine's clock jumps by. */
  jump: number;
  /** Tokens run out. */
  expire: boolean;
}

export interface Schedule {
  seed: number;
  pulls: number;
  turns: readonly Turn[];
  /** At which steps of its life, counted from its start, a process dies, one process after the other. */
  deaths: readonly { at: number; how: "before" | "after" }[];
  faults: readonly Fault[];
}

/** Everything that happens follows from the seed. */
export function planSchedule(seed: number): Schedule {
  const random = createRandom(seed);
  const pulls = 1 + random.below(2);
  const turns = Array.from({ length: 4 + random.below(5) }, () => planTurn(random, pulls));
  return {
    seed,
    pulls,
    turns,
    deaths: Array.from({ length: random.below(4) }, () => ({
      at: random.below(90),
      how: random.uniform() < 0.5 ? ("before" as const) : ("after" as const),
    })),
    faults: Array.from({ length: random.below(5) }, () => planFault(random)),
  };
}

function planTurn(random: Random, pulls: number): Turn {
  return {
    act: planAct(random, random.below(pulls)),
    deliveries: {
      lose: random.uniform() < 0.25,
      twice: random.uniform() < 0.3,
      reverse: random.uniform() < 0.3,
      together: random.uniform() < 0.3,
    },
    work: pick(random, ["none", "one", "one", "both"]),
    jump: random.uniform() < 0.15 ? random.below(7_200) - 3_600 : 0,
    expire: random.uniform() < 0.03,
  };
}

function planAct(random: Random, pull: number): Act {
  const passes = random.uniform() < 0.5;
  const author = pick(random, ["owner", "owner", "maintainer", "contributor", "reader"] as const);
  return pick<() => Act>(random, [
    () => ({ kind: "run", pull, passes }),
    () => ({ kind: "run", pull, passes }),
    () => ({ kind: "run", pull, passes }),
    () => ({ kind: "push", pull }),
    () => ({ kind: "finish-dispatched", pull, passes }),
    () => ({ kind: "comment", pull, author, body: pick(random, comments) }),
    () => ({ kind: "comment", pull, author, body: pick(random, comments) }),
    () => ({ kind: "comment", pull, author, body: pick(random, comments) }),
    () => ({
      kind: "button",
      pull,
      by: pick(random, ["owner", "reader"]),
      button: pick(random, ["retrain", "approve", "explain"]),
    }),
    () => ({ kind: "review", pull, author: pick(random, ["owner", "reader"]) }),
  ])();
}

const inSpring = new Date(Date.now() + 100 * 24 * 60 * 60_000).toISOString().slice(0, 10);
const waive = `/assay waive fraud accuracy.no-worse-than --reason "known" --until ${inSpring}`;
const comments = [
  "/assay help",
  "/assay status",
  "/assay approve fraud",
  "/assay approve fraud",
  "/assay retrain",
  "/assay retrain fraud",
  waive,
  waive,
  "/assay aprove fraud",
  "not a command",
];

/** Meets the request of that number, whatever it asks for. */
function planFault(random: Random): Fault {
  const where = { pathPattern: /./, skip: random.below(60) };
  return pick<() => Fault>(random, [
    () => ({ ...where, cut: "before" }),
    () => ({ ...where, cut: "after" }),
    () => ({ ...where, timeout: "before" }),
    () => ({ ...where, timeout: "after" }),
    () => ({ ...where, status: 403, retryAfter: 30 }),
    () => ({ ...where, status: 429, retryAfter: 30 }),
    () => ({ ...where, status: 500 }),
    () => ({ ...where, status: 502, afterEffect: true }),
    () => ({ ...where, status: 401 }),
    () => ({ ...where, truncated: true }),
  ])();
}

function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[random.below(from.length)];
  if (found === undefined) throw new Error("there is nothing to pick from");
  return found;
}
