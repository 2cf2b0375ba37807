import { setTimeout as sleep } from "node:timers/promises";
import { AssayError } from "../../../src/errors/errors.ts";
import type { GitHub } from "../../../src/github/github.ts";
import type { Promotion } from "../../../src/registry/promotion.ts";
import { createLife, mortalFetch } from "../mortal.ts";
import { inspect, lookBefore, type PromotionFlaws } from "./inspect.ts";
import type { Shop, Tagged } from "./shop.ts";
import { type Course, createRandom, faults, type Mishap, type Trial } from "./trials.ts";

export interface Played extends PromotionFlaws {
  tries: number;
  deaths: number;
  faults: number;
  promoted: number;
  refused: number;
}

/** Called before a request; `at` counts those of the try. */
type Meddle = (at: number, url: string) => Promise<void> | void;
/** GitHub as the transaction sees it, for tests that take a part out. */
export type Change = (github: GitHub) => GitHub;

const maxTries = 8;
/** GitHub here answers at once, or not at all. */
const noAnswerAfterMs = 400;

/** A version, and whether the stage goes back to it. */
interface Cast {
  tagged: Tagged;
  goesBack: boolean;
}

/** Has what the trial says happen while a version comes into a stage, and tries again until it ends. */
export async function playTrial(shop: Shop, trial: Trial, change: Change = (github) => github): Promise<Played> {
  const played: Played = { tries: 0, deaths: 0, faults: 0, promoted: 0, refused: 0, doubled: [], lost: [], wrong: [] };
  const stage = stageOf(trial.course);
  const [subject, another] = await castFor(shop, trial.course);
  const { tagged } = subject;
  let known: Cast | undefined;
  const other = (which: "same" | "other"): Cast => {
    if (which === "same") return subject;
    known ??= another();
    return known;
  };
  const before = lookBefore(shop, stage);
  const first = trial.kind === "mishaps" ? trial.mishaps : trial.kind === "together" && trial.mishap ? [trial.mishap] : [];
  if (trial.kind === "overtaken") other(trial.by);
  if (trial.kind === "together") for (const which of trial.of) other(which);

  /** One try. @returns undefined where it did not end */
  async function attempt(
    { tagged, goesBack }: Cast,
    meddle: Meddle,
    mishap?: { at: number; mishap: Mishap },
  ): Promise<Promotion | undefined> {
    played.tries += 1;
    shop.fetchTags();
    const through = change(shop.connect(troubled(shop, meddle, mishap, played)));
    try {
      const promotion = await (goesBack ? shop.rollBack(tagged, stage, through) : shop.promote(tagged, stage, through));
      // What is left then is done by promoting again.
      return promotion.outcome === "promoted" && promotion.afterwards.length > 0 ? undefined : promotion;
    } catch (error) {
      if (!(error instanceof AssayError) && mishap === undefined) throw error;
      return undefined;
    }
  }

  async function untilItEnds(cast: Cast, meddle: Meddle, given: readonly { at: number; mishap: Mishap }[] = []) {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const outcome = await attempt(cast, tries === 0 ? meddle : calm, given[tries]);
      if (outcome) return outcome;
    }
    played.lost.push(`${cast.tagged.version} does not end after ${maxTries} tries`);
    return undefined;
  }

  const outcomes = new Map<Cast, Promotion | undefined>();
  if (trial.kind === "overtaken") {
    const overtake = async (at: number) => {
      if (at === trial.at) outcomes.set(other(trial.by), await untilItEnds(other(trial.by), calm));
    };
    outcomes.set(subject, await untilItEnds(subject, overtake));
  } else if (trial.kind === "together") {
    const random = createRandom(trial.seed);
    const heldUp = () => sleep(random() * 30);
    const all = [subject, ...trial.of.map(other)];
    const ended = await Promise.all(all.map((cast, place) => untilItEnds(cast, heldUp, place === 0 ? first : [])));
    all.forEach((cast, place) => void outcomes.set(cast, ended[place]));
  } else if (trial.kind === "tag moved") {
    let isMoved = false;
    let looksAfter = 0;
    const move = (at: number, url: string) => {
      if (at === trial.at) shop.moveTag(tagged);
      isMoved ||= at === trial.at;
      if (isMoved && url.endsWith(`/git/ref/${encodeURIComponent(`tags/${tagged.tag}`)}`)) looksAfter += 1;
    };
    const outcome = await untilItEnds(subject, move);
    outcomes.set(subject, outcome);
    if (outcome?.outcome === "promoted" && looksAfter > 0)
      played.wrong.push(`The tag of ${tagged.version} was moved, was looked at, and the version promoted`);
  } else if (trial.kind === "approved meanwhile") {
    const ended = await attempt(subject, calm, { at: trial.at, mishap: "killed after" });
    await shop.review("APPROVED");
    outcomes.set(subject, ended ?? (await untilItEnds(subject, calm)));
  } else if (trial.kind === "by hand") {
    const github = shop.connect(fetch);
    const publish = async () => {
      const { tag, commit: target } = tagged;
      const found = await github.releases.findByTag(tag);
      if (!found) await github.releases.create({ tag, name: "By hand", body: "Look", prerelease: false, target });
    };
    outcomes.set(subject, await untilItEnds(subject, (at) => (at === trial.at ? publish() : undefined)));
  } else if (trial.kind === "release changed") {
    const outcome = await untilItEnds(subject, (at) => (at === trial.at ? shop.changeRelease(tagged) : undefined));
    outcomes.set(subject, outcome);
    if (trial.at === 0 && outcome?.outcome !== "refused")
      played.wrong.push(`A file of ${tagged.version} was another one, and it came into ${stage}`);
  } else {
    outcomes.set(subject, await untilItEnds(subject, calm, first));
  }

  for (const [{ tagged }, outcome] of outcomes) {
    if (outcome?.outcome === "promoted") played.promoted += 1;
    if (outcome?.outcome === "refused") played.refused += 1;
    if (outcome === undefined) continue;
    const isRefusable = trial.kind === "tag moved" || trial.kind === "by hand" || trial.kind === "release changed";
    if (outcome.outcome === "refused" && !isRefusable)
      played.wrong.push(`${tagged.version} is refused: ${outcome.reasons.join(" ")}`);
    add(played, await inspect(shop, before, tagged, stage, outcome, trial));
  }
  // Told again: what is there is found.
  const isUntouched = trial.kind !== "tag moved" && trial.kind !== "release changed";
  if (outcomes.size === 1 && outcomes.get(subject)?.outcome === "promoted" && isUntouched) {
    const again = await attempt(subject, calm);
    if (again?.outcome !== "promoted" || !again.wasThere)
      played.wrong.push(`${tagged.version} is not found when it is told again`);
    if (again) add(played, await inspect(shop, before, tagged, stage, again, trial));
  }
  if (trial.kind === "tag moved") shop.restoreTag(tagged);
  if (trial.kind === "release changed") await shop.restoreRelease(tagged);
  if (trial.kind === "approved meanwhile") await shop.review("CHANGES_REQUESTED");
  return played;
}

export function stageOf(course: Course): string {
  return course === "staging" ? "staging" : "production";
}

/** Who a course is about, and another one. */
export async function castFor(shop: Shop, course: Course): Promise<readonly [Cast, () => Cast]> {
  const newOne = (): Cast => ({ tagged: shop.tagNext(), goesBack: false });
  if (course === "staging") return [newOne(), newOne];
  const [first, second] = (await shop.onceInProduction()).map((tagged): Cast => ({ tagged, goesBack: true }));
  if (!first || !second) throw new Error("Nothing was in production.");
  if (course === "rollback") return [first, () => second];
  const subject = newOne();
  shop.fetchTags();
  await shop.promote(subject.tagged, "staging", shop.connect(fetch));
  return [subject, () => first];
}

function calm(): void {}

function add(played: Played, { doubled, lost, wrong }: PromotionFlaws): void {
  played.doubled.push(...doubled);
  played.lost.push(...lost);
  played.wrong.push(...wrong);
}

function troubled(
  { github }: Shop,
  meddle: Meddle,
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
    await meddle(at, String(input));
    if (trouble === undefined || dying !== undefined || at !== trouble.at) return send(input, init);
    played.faults += 1;
    github.failNext(faults[trouble.mishap as keyof typeof faults]);
    const limit = AbortSignal.timeout(noAnswerAfterMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(input, trouble.mishap.startsWith("no answer") ? { ...init, signal } : init);
  };
}
