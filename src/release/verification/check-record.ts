import { createHash } from "node:crypto";
import { digestPattern, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { formatTagName } from "../../registry/tag-name.ts";
import { shippedModel } from "../release-facts.ts";
import type { ReleaseRecord } from "../release-record.ts";
import { firstWrong } from "./first-wrong.ts";

/** Whether what a release says was decided agrees with its evidence and with itself. @returns what is wrong first */
export function checkRecord(record: ReleaseRecord, evidence: Evidence): string | undefined {
  const { tag } = record;
  const same = (what: string, here: string | undefined, there: string | undefined) => () =>
    here === there
      ? undefined
      : `release.json has ${what} ${shown(here)}, evidence.json has ${shown(there)}: one of the two was changed.`;
  return firstWrong([
    same("model", record.model, evidence.model),
    same("inputs", record.inputHash, evidence.inputHash),
    same("result", record.resultDigest, evidence.seal?.resultDigest),
    same("model digest", record.modelDigest, shippedModel(evidence)?.digest),
    same("repository", record.repository, evidence.source.repository),
    () =>
      record.verdict === "pass" || record.breakGlass !== undefined
        ? undefined
        : `release.json says that the verdict is ${record.verdict}: such a version is not released without break-glass.`,
    () => {
      const name = formatTagName({ model: record.model, action: "register", version: record.version });
      return tag.name === name ? undefined : `release.json is of ${name}, and names the tag ${tag.name}.`;
    },
    () => checkTagObject(tag),
  ]);
}

function shown(value = "none"): string {
  return digestPattern.test(value) ? `${shortDigest(value)}…` : value;
}

/** A tag's id is the hash of what is in it: of another object it is another. */
function checkTagObject({ name, object, commit, content }: ReleaseRecord["tag"]): string | undefined {
  if (content === undefined) return undefined;
  const bytes = Buffer.from(content);
  const hash = createHash(object.length === 40 ? "sha1" : "sha256");
  const id = hash.update(`tag ${bytes.length}\0`).update(bytes).digest("hex");
  if (id !== object)
    return `release.json names tag object ${object.slice(0, 12)}…, and what it holds of it is ${id.slice(0, 12)}….`;
  const { object: at, type, tag } = tagHeaders(content);
  if (type !== "commit" || at !== commit)
    return `Tag object ${object.slice(0, 12)}… is at ${type} ${at}, and release.json names commit ${commit}.`;
  return tag === name ? undefined : `Tag object ${object.slice(0, 12)}… is called ${tag}, and release.json names ${name}.`;
}

/** Who made the tag, as git writes it: `name <email>`. */
export function taggerOf({ content }: ReleaseRecord["tag"]): string | undefined {
  return content === undefined ? undefined : tagHeaders(content)["tagger"]?.replace(/ -?\d+ [+-]\d{4}$/, "");
}

/** The day on which it was tagged, as git says it in the object: what was decided was decided then or later. */
export function dayOf({ content }: ReleaseRecord["tag"]): string | undefined {
  const [, seconds] =
    / (\d{1,11}) [+-]\d{4}$/.exec((content === undefined ? undefined : tagHeaders(content)["tagger"]) ?? "") ?? [];
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1_000).toISOString().slice(0, 10);
}

function tagHeaders(content: string): Readonly<Record<string, string>> {
  const [head = ""] = content.split("\n\n", 1);
  return Object.fromEntries(
    head.split("\n").map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
  );
}
