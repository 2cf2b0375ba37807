import { execFileSync } from "node:child_process";
import { releaseMarker } from "../../../src/flows/promotion/describe-release.ts";
import type { Promotion } from "../../../src/flows/promotion/promote.ts";
import type { Shop, Tagged } from "./shop.ts";
import type { Trial } from "./trials.ts";

/** What must not be; each with a sentence. */
export interface PromotionFlaws {
  doubled: string[];
  lost: string[];
  wrong: string[];
}

const shipped = ["MODEL_CARD.md", "SHA256SUMS", "evidence.json", "ml-bom.cdx.json", "model.json", "model.sig"];

/** Holds what is there of a version in a stage against how its promotion ended. */
export function inspect(shop: Shop, tagged: Tagged, stage: string, outcome: Promotion, kind: Trial["kind"]): PromotionFlaws {
  const flaws: PromotionFlaws = { doubled: [], lost: [], wrong: [] };
  const { version, tag, object, commit } = tagged;
  const isPromoted = outcome.outcome === "promoted";
  const count = (what: string, found: number) => {
    if (found > 1) flaws.doubled.push(`${version} has ${found} ${what}`);
    else if (found === 0 && isPromoted) flaws.lost.push(`${version} has no ${what}`);
    else if (found === 1 && !isPromoted && kind !== "tag moved") flaws.wrong.push(`${version} is refused and has a ${what}`);
  };
  const marker = releaseMarker(object, shop.evidence.seal?.resultDigest ?? "");
  const releases = shop.github.releases().filter((release) => release.tag === tag);
  const ours = releases.filter(({ body }) => body?.startsWith(marker));
  const published = ours.filter(({ draft }) => !draft);
  count("release", published.length);
  const drafts = ours.filter(({ draft }) => draft);
  if (isPromoted && drafts.length > 0) flaws.doubled.push(`${version} has a release and ${drafts.length} drafts beside it`);
  if (drafts.length > 1) flaws.doubled.push(`${version} has ${drafts.length} drafts`);
  if (isPromoted && releases.length > ours.length) flaws.wrong.push(`${version} was published by hand, and promoted`);
  for (const { assets } of published) {
    const names = assets.map(({ name }) => name).toSorted();
    if (names.join() !== shipped.join()) flaws.wrong.push(`The release of ${version} has ${names.join(", ") || "nothing"}`);
  }

  const deployments = shop.github.deployments().filter(({ environment }) => environment === stage);
  // Of two that were made at the same moment one is said not to count: GitHub lets nobody make one only if there is none.
  const isBeside = kind === "together" || kind === "overtaken";
  const own = deployments
    .filter(({ payload }) => field(payload, "version") === version)
    .filter(({ statuses }) => !isBeside || !statuses.some(({ description }) => description?.includes("deployed twice")));
  count("deployment", own.length);
  const stageTags = readStageTags(shop.gitFolder, `Promote fraud ${version} to ${stage}`);
  count("stage tag", stageTags.length);
  for (const { name, target } of stageTags)
    if (target !== commit) flaws.wrong.push(`${name} is at ${target}, which nobody proved`);
  const records = readRecords(shop.gitFolder).filter((record) => record["version"] === version && record["stage"] === stage);
  count("ledger record", records.length);
  if (!isPromoted) return flaws;

  const keys = [...own.map(({ payload }) => field(payload, "promotion")), ...records.map(({ key }) => key)];
  if (new Set([...keys, ...stageTags.map(({ key }) => key)]).size > 1)
    flaws.wrong.push(`${version}: deployment, stage tag and record are not of one promotion`);
  if (records.some(({ stageTag, tagObject }) => stageTag !== outcome.stageTag || tagObject !== object))
    flaws.wrong.push(`${version}: its record has other tags`);
  const inForce = deployments.filter(({ statuses }) => statuses.at(-1)?.state === "success");
  if (inForce.length > 1) flaws.doubled.push(`${stage} has ${inForce.length} deployments in force`);
  if (inForce.length === 0) flaws.lost.push(`${stage} has no deployment in force`);
  const newest = readStageTags(shop.gitFolder, `Promote fraud`).at(-1);
  if (inForce.length === 1 && newest?.key !== field(inForce[0]?.payload, "promotion"))
    flaws.wrong.push(`${stage} is ${newest?.name}, and another version's deployment is in force`);
  return flaws;
}

function field(payload: unknown, name: string): unknown {
  const value = typeof payload === "string" ? JSON.parse(payload) : payload;
  return (value as Record<string, unknown> | undefined)?.[name];
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-C", folder, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** Annotated ones whose message begins so, by number. */
function readStageTags(folder: string, subject: string): { name: string; target: string; key: string | undefined }[] {
  const format = "--format=%(refname:strip=2)%09%(object)%09%(subject)%09%(body)%00";
  return git(folder, "for-each-ref", "--sort=version:refname", format, "refs/tags/fraud#*")
    .split("\0")
    .map((line) => line.trim().split("\t"))
    .filter(([, , said]) => said === subject || said?.startsWith(`${subject} `))
    .map(([name = "", target = "", , body]) => ({ name, target, key: body?.match(/^Assay-Promotion: (\S+)/m)?.[1] }));
}

function readRecords(folder: string): Record<string, unknown>[] {
  const listed = git(folder, "ls-tree", "-r", "assay-ledger").split("\n");
  const ids = listed.flatMap((line) => line.match(/^\d+ blob (\w+)\tpromotions\//)?.[1] ?? []);
  if (ids.length === 0) return [];
  const all = execFileSync("git", ["-C", folder, "cat-file", "--batch"], { input: `${ids.join("\n")}\n`, encoding: "utf8" });
  return [...all.matchAll(/^\{[\s\S]*?^\}/gm)].map(([json]) => JSON.parse(json));
}
