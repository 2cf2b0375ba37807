import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { releaseMarker } from "../../../src/publishing/release-marker.ts";
import type { Promotion } from "../../../src/registry/promotion.ts";
import type { Shop, Tagged } from "./shop.ts";
import type { Trial } from "./trials.ts";

/** What must not be; each with a sentence. */
export interface PromotionFlaws {
  doubled: string[];
  lost: string[];
  wrong: string[];
}

const shipped = [
  "MODEL_CARD.md",
  "SHA256SUMS",
  "evidence.json",
  "ml-bom.cdx.json",
  "model.json",
  "model.sig",
  "release.json",
  "report.html",
];

/** Whatever was there of a stage before a trial: none of it counts for what the trial makes. */
export interface Before {
  stageTags: ReadonlySet<string>;
  deployments: ReadonlySet<number>;
}

export function lookBefore(shop: Shop, stage: string): Before {
  return {
    stageTags: new Set(readStageTags(shop.gitFolder, stage).map(({ name }) => name)),
    deployments: new Set(shop.github.deployments().map(({ id }) => id)),
  };
}

/** Holds what is there of a version in a stage against how its promotion, or the way back to it, ended. */
export async function inspect(
  shop: Shop,
  before: Before,
  tagged: Tagged,
  stage: string,
  outcome: Promotion,
  trial: Trial,
): Promise<PromotionFlaws> {
  const flaws: PromotionFlaws = { doubled: [], lost: [], wrong: [] };
  const { version, commit, object } = tagged;
  const isPromoted = outcome.outcome === "promoted";
  const isBeside = trial.kind === "together" || trial.kind === "overtaken";
  inspectRelease(shop, tagged, isPromoted, trial, flaws);

  const allTags = readStageTags(shop.gitFolder, stage);
  const stageTags = allTags.filter(({ name }) => !before.stageTags.has(name));
  const own = stageTags.filter((tag) => tag.version === version);
  const isInterrupted = isBeside || trial.kind === "tag moved" || trial.kind === "release changed";
  if (!isPromoted && own.length > 0 && !isInterrupted) flaws.wrong.push(`${version} is refused and has ${own[0]?.name}`);
  // Where another version came in between, coming again is another promotion.
  for (const [at, tag] of stageTags.entries())
    if (tag.version === version && stageTags[at + 1]?.version === version) flaws.doubled.push(`${version} has two tags in a row`);
  for (const { name, target } of own) if (target !== commit) flaws.wrong.push(`${name} is at ${target}, which nobody proved`);

  const deployments = shop.github.deployments().filter(({ environment }) => environment === stage);
  // Of two that were made at the same moment one is said not to count: GitHub lets nobody make one only if there is none.
  const made = deployments
    .filter(({ id, payload }) => !before.deployments.has(id) && field(payload, "version") === version)
    .filter(({ statuses }) => !isBeside || !statuses.some(({ description }) => description?.includes("deployed twice")));
  const records = readRecords(shop.gitFolder).filter((record) => record["version"] === version && record["stage"] === stage);
  for (const { name, key } of own) {
    const isIts = isPromoted && name === outcome.stageTag;
    const ofIt = {
      deployment: made.filter(({ payload }) => field(payload, "promotion") === key && field(payload, "stageTag") === name),
      "ledger record": records.filter((record) => record["key"] === key && record["stageTag"] === name),
    };
    for (const [what, found] of Object.entries(ofIt)) {
      if (found.length > 1) flaws.doubled.push(`${name} of ${version} has ${found.length} of a ${what}`);
      if (found.length === 0 && isIts) flaws.lost.push(`${name} of ${version} has no ${what}`);
    }
  }
  const strange = made.filter(({ payload }) => !own.some(({ name }) => name === field(payload, "stageTag")));
  if (strange.length > 0) flaws.wrong.push(`${version} has ${strange.length} deployments of no stage tag`);
  if (!isPromoted) return flaws;

  if (!own.some(({ name }) => name === outcome.stageTag)) flaws.lost.push(`${version} has no stage tag ${outcome.stageTag}`);
  if (records.some(({ tagObject }) => tagObject !== object)) flaws.wrong.push(`${version}: its record has another tag`);
  const newest = allTags.at(-1);
  const inForce = deployments.filter(({ statuses }) => statuses.at(-1)?.state === "success");
  if (inForce.length > 1) flaws.doubled.push(`${stage} has ${inForce.length} deployments in force`);
  if (inForce.length === 0) flaws.lost.push(`${stage} has no deployment in force`);
  if (inForce.length === 1 && newest?.key !== field(inForce[0]?.payload, "promotion"))
    flaws.wrong.push(`${stage} is ${newest?.name}, and another version's deployment is in force`);
  if (trial.kind === "tag moved") return flaws;
  const registered = await shop.inStage(stage);
  if (registered !== newest?.version)
    flaws.wrong.push(`${newest?.name} is ${newest?.version}, and the registry says ${registered}`);
  return flaws;
}

function inspectRelease(shop: Shop, tagged: Tagged, isPromoted: boolean, { course, kind }: Trial, flaws: PromotionFlaws): void {
  const { version, tag, object } = tagged;
  const marker = releaseMarker(object, shop.evidence.seal?.resultDigest ?? "");
  const releases = shop.github.releases().filter((release) => release.tag === tag);
  const ours = releases.filter(({ body }) => body?.startsWith(marker));
  const published = ours.filter(({ draft }) => !draft);
  const drafts = ours.filter(({ draft }) => draft);
  if (published.length > 1) flaws.doubled.push(`${version} has ${published.length} releases`);
  if (published.length === 0 && (isPromoted || course !== "staging")) flaws.lost.push(`${version} has no release`);
  if (published.length > 0 && !isPromoted && course === "staging" && kind !== "tag moved")
    flaws.wrong.push(`${version} is refused and has a release`);
  if (isPromoted && drafts.length > 0) flaws.doubled.push(`${version} has a release and ${drafts.length} drafts beside it`);
  if (drafts.length > 1) flaws.doubled.push(`${version} has ${drafts.length} drafts`);
  if (isPromoted && releases.length > ours.length) flaws.wrong.push(`${version} was published by hand, and promoted`);
  for (const { assets } of published) {
    const names = assets.map(({ name }) => name).toSorted();
    if (names.join() !== shipped.join()) flaws.wrong.push(`The release of ${version} has ${names.join(", ") || "nothing"}`);
    if (kind === "release changed") continue;
    const read = (wanted: string) => readFileSync(assets.find(({ name }) => name === wanted)?.file ?? "");
    for (const [, sha256, name = ""] of read("SHA256SUMS")
      .toString()
      .matchAll(/^(\w{64}) {2}(.+)$/gm))
      if (createHash("sha256").update(read(name)).digest("hex") !== sha256)
        flaws.wrong.push(`${name} of ${version} is not what its checksums say`);
  }
}

function field(payload: unknown, name: string): unknown {
  const value = typeof payload === "string" ? JSON.parse(payload) : payload;
  return (value as Record<string, unknown> | undefined)?.[name];
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

interface StageTag {
  name: string;
  target: string;
  version: string | undefined;
  key: string | undefined;
}

/** Annotated ones of promotions, by number. */
function readStageTags(folder: string, stage: string): readonly StageTag[] {
  const format = "--format=%(refname:strip=2)%09%(object)%09%(subject)%09%(body)%00";
  return git(folder, "for-each-ref", "--sort=version:refname", format, `refs/tags/fraud#${stage}#*`)
    .split("\0")
    .map((line) => line.trim().split("\t"))
    .flatMap(([name = "", target = "", subject, body]) => {
      const version = subject?.match(/^Promote fraud (\S+) to /)?.[1];
      return version === undefined ? [] : [{ name, target, version, key: body?.match(/^Assay-Promotion: (\S+)/m)?.[1] }];
    });
}

function readRecords(folder: string): Record<string, unknown>[] {
  const listed = git(folder, "ls-tree", "-r", "assay-ledger").split("\n");
  const ids = listed.flatMap((line) => line.match(/^\d+ blob (\w+)\tpromotions\//)?.[1] ?? []);
  if (ids.length === 0) return [];
  const all = execFileSync("git", ["-C", folder, "cat-file", "--batch"], { input: `${ids.join("\n")}\n`, encoding: "utf8" });
  return [...all.matchAll(/^\{[\s\S]*?^\}/gm)].map(([json]) => JSON.parse(json));
}
