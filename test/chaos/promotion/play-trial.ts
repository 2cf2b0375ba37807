import { setTimeout as sleep } from "node:timers/promises";
import { AssayError } from "../../../src/errors/errors.ts";
import type { Promotion } from "../../../src/flows/promotion/promote.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { createLife, mortalFetch } from "../mortal.ts";
import { inspect, type PromotionFlaws } from "./inspect.ts";
import type { Shop, Tagged } from "./shop.ts";
import { createRandom, faults, type Mishap, type Trial } from "./trials.ts";

export interface Played extends PromotionFlaws {
  tries: number;
  deaths: number;
  faults: number;
  promoted: number;
  refused: number;
}

/** Called before a request; `at` counts those of the try. */
type Before = (at: number, url: string) => Promise<void> | void;
/** GitHub as the transaction sees it, for tests that take a part out. */
export type Change = (github: GitHub) => GitHub;

const stage = "staging";
const maxTries = 8;
/** GitHub here answers at once, or not at all. */
const noAnswerAfterMs = 400;

/** Has what the trial says happen to the promotion of a new version, and promotes until it ends. */
export async function playTrial(shop: Shop, trial: Trial, change: Change = (github) => github): Promise<Played> {
  const played: Played = { tries: 0, deaths: 0, faults: 0, promoted: 0, refused: 0, doubled: [], lost: [], wrong: [] };
  const tagged = shop.tagNext();
  const others = new Map([["same", tagged]]);
  const other = (which: "same" | "other") => {
    const known = others.get(which) ?? shop.tagNext();
    others.set(which, known);
    return known;
  };
  const first = trial.kind === "mishaps" ? trial.mishaps : trial.kind === "together" && trial.mishap ? [trial.mishap] : [];
  if (trial.kind === "overtaken") other(trial.by);
  if (trial.kind === "together") for (const which of trial.of) other(which);

  /** One try. @returns undefined where it did not end */
  async function attempt(
    version: Tagged,
    before: Before,
    mishap?: { at: number; mishap: Mishap },
  ): Promise<Promotion | undefined> {
    played.tries += 1;
    shop.fetchTags();
    const through = change(shop.connect(troubled(shop, before, mishap, played)));
    try {
      return await shop.promote(version, stage, through);
    } catch (error) {
      if (!(error instanceof AssayError) && mishap === undefined) throw error;
      return undefined;
    }
  }

  async function untilItEnds(version: Tagged, before: Before, given: readonly { at: number; mishap: Mishap }[] = []) {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const outcome = await attempt(version, tries === 0 ? before : calm, given[tries]);
      if (outcome) return outcome;
    }
    played.lost.push(`${version.version} does not end after ${maxTries} tries`);
    return undefined;
  }

  const outcomes = new Map<Tagged, Promotion | undefined>();
  if (trial.kind === "overtaken") {
    const overtake = async (at: number) => {
      if (at === trial.at) outcomes.set(other(trial.by), await untilItEnds(other(trial.by), calm));
    };
    outcomes.set(tagged, await untilItEnds(tagged, overtake));
  } else if (trial.kind === "together") {
    const random = createRandom(trial.seed);
    const heldUp = () => sleep(random() * 30);
    const all = [tagged, ...trial.of.map(other)];
    const ended = await Promise.all(all.map((version, place) => untilItEnds(version, heldUp, place === 0 ? first : [])));
    all.forEach((version, place) => void outcomes.set(version, ended[place]));
  } else if (trial.kind === "tag moved") {
    let isMoved = false;
    let looksAfter = 0;
    const move = (at: number, url: string) => {
      if (at === trial.at) shop.moveTag(tagged);
      isMoved ||= at === trial.at;
      if (isMoved && url.endsWith(`/git/ref/${encodeURIComponent(`tags/${tagged.tag}`)}`)) looksAfter += 1;
    };
    const outcome = await untilItEnds(tagged, move);
    outcomes.set(tagged, outcome);
    if (outcome?.outcome === "promoted" && looksAfter > 0)
      played.wrong.push(`The tag of ${tagged.version} was moved, was looked at, and the version promoted`);
  } else if (trial.kind === "by hand") {
    const github = shop.connect(fetch);
    const publish = async () => {
      const { tag, commit: target } = tagged;
      const found = await github.releases.findByTag(tag);
      if (!found) await github.releases.create({ tag, name: "By hand", body: "Look", prerelease: false, target });
    };
    outcomes.set(tagged, await untilItEnds(tagged, (at) => (at === trial.at ? publish() : undefined)));
  } else {
    outcomes.set(tagged, await untilItEnds(tagged, calm, first));
  }

  for (const [version, outcome] of outcomes) {
    if (outcome?.outcome === "promoted") played.promoted += 1;
    if (outcome?.outcome === "refused") played.refused += 1;
    if (outcome === undefined) continue;
    const isRefusable = trial.kind === "tag moved" || trial.kind === "by hand";
    if (outcome.outcome === "refused" && !isRefusable)
      played.wrong.push(`${version.version} is refused: ${outcome.reasons.join(" ")}`);
    add(played, inspect(shop, version, stage, outcome, trial.kind));
  }
  // Told again: what is there is found.
  if (outcomes.size === 1 && outcomes.get(tagged)?.outcome === "promoted" && trial.kind !== "tag moved") {
    const again = await attempt(tagged, calm);
    if (again?.outcome !== "promoted" || !again.wasThere)
      played.wrong.push(`${tagged.version} is not found when it is promoted again`);
    if (again) add(played, inspect(shop, tagged, stage, again, trial.kind));
  }
  return played;
}

function calm(): void {}

function add(played: Played, { doubled, lost, wrong }: PromotionFlaws): void {
  played.doubled.push(...doubled);
  played.lost.push(...lost);
  played.wrong.push(...wrong);
}

function troubled(
  { github }: Shop,
  before: Before,
  trouble: { at: number; mishap: Mishap } | undefined,
  played: Played,
): typeof fetch {
  const dying = trouble?.mishap === "killed before" ? "before" : trouble?.mishap === "killed after" ? "after" : undefined;
  const life = createLife((step) => {
    if (dying === undefined || step !== trouble?.at) return undefined;
    played.deaths += 1;
    return dying;
  });
  const send = mortalFetch(life, fetch);
  let requests = 0;
  return async (input, init) => {
    const at = requests++;
    await before(at, String(input));
    if (trouble === undefined || dying !== undefined || at !== trouble.at) return send(input, init);
    played.faults += 1;
    github.failNext(faults[trouble.mishap as keyof typeof faults]);
    const limit = AbortSignal.timeout(noAnswerAfterMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(input, trouble.mishap.startsWith("no answer") ? { ...init, signal } : init);
  };
}
