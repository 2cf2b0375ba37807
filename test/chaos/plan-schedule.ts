import type { Fault } from "../../src/embedded-github/faults.ts";
import { createRandom, type Random } from "../../src/statistics/random.ts";

export type Account = "owner" | "maintainer" | "contributor" | "reader";

/** `guarded`: it changes the test set, so that an owner has to approve what passes. */
export type PullKind = "plain" | "guarded";

/** Something that people or their workflows do on GitHub; `pull` says on which of the pull requests. */
export type Act =
  | { kind: "run"; pull: number; passes: boolean }
  | { kind: "push"; pull: number }
  | { kind: "finish-dispatched"; pull: number; passes: boolean }
  | { kind: "comment"; pull: number; author: Account; body: string }
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
  pulls: readonly PullKind[];
  turns: readonly Turn[];
  /** At which steps of its life, counted from its start, a process dies, one process after the other. */
  deaths: readonly { at: number; how: "before" | "after" }[];
  faults: readonly Fault[];
}

/** Everything that happens follows from the seed. */
export function planSchedule(seed: number): Schedule {
  const random = createRandom(seed);
  const pulls = Array.from({ length: 1 + random.below(2) }, () => pick(random, ["plain", "guarded", "guarded"] as const));
  // Most of what people ask for needs a result.
  const firsts = pulls.map((_, pull) => planFirst(random, pull));
  const rest = Array.from({ length: 2 + random.below(4) }, () => planTurn(random, pulls.length));
  const turns = [...firsts, ...rest, planLast(random, pulls.length)];
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

function planFirst(random: Random, pull: number): Turn {
  const turn = planTurn(random, 1);
  return { ...turn, act: { kind: "run", pull, passes: random.uniform() < 0.5 }, work: pick(random, ["one", "one", "both"]) };
}

/** What is asked last nothing overtakes: it has to be done. */
function planLast(random: Random, pulls: number): Turn {
  const pull = random.below(pulls);
  const button = (name: "retrain" | "approve"): Act => ({ kind: "button", pull, by: "owner", button: name });
  const act = pick<() => Act>(random, [
    () => button("retrain"),
    () => button("approve"),
    () => ({ kind: "review", pull, author: "owner" }),
    () => ({ kind: "comment", pull, author: "owner", body: pick(random, decisions) }),
  ])();
  return { ...planTurn(random, pulls), act };
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
  const author = pick(random, ["owner", "owner", "owner", "owner", "maintainer", "contributor", "reader"] as const);
  const by = pick(random, ["owner", "owner", "owner", "reader"] as const);
  const decide = (): Act => ({ kind: "comment", pull, author, body: pick(random, decisions) });
  return pick<() => Act>(random, [
    () => ({ kind: "run", pull, passes }),
    () => ({ kind: "run", pull, passes }),
    () => ({ kind: "push", pull }),
    () => ({ kind: "finish-dispatched", pull, passes }),
    decide,
    decide,
    decide,
    decide,
    () => ({ kind: "comment", pull, author, body: pick(random, words) }),
    () => ({ kind: "button", pull, by, button: pick(random, ["retrain", "retrain", "approve", "approve", "explain"]) }),
    () => ({ kind: "button", pull, by, button: "approve" }),
    () => ({ kind: "review", pull, author: by }),
  ])();
}

const inSpring = new Date(Date.now() + 100 * 24 * 60 * 60_000).toISOString().slice(0, 10);
export const waive = `/assay waive fraud accuracy.no-worse-than --reason "known" --until ${inSpring}`;
const approve = "/assay approve fraud";
const decisions = [approve, approve, approve, "/assay retrain", "/assay retrain fraud", waive, waive, waive];
const words = ["/assay help", "/assay status", "/assay aprove fraud", "not a command"];

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
