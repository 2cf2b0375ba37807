import { MissingDataError } from "../errors/errors.ts";
import { gitOutput, type RunGit } from "./run-git.ts";

/** An annotated tag on a commit. */
export interface GitTag {
  name: string;
  /** Id of the tag object: it changes when somebody moves or rewrites the tag. */
  id: string;
  commit: string;
  /** Committer's time of that commit, seconds since 1970. */
  committedAt: number;
  tagger: { name: string; email: string };
  /** Seconds since 1970. */
  taggedAt: number;
  /** Of the tagger, east of UTC. */
  offsetMinutes: number;
  /** Without a signature and without white space around it. */
  message: string;
}

const maxTags = 500_000;

const fields = [
  ...["refname:lstrip=2", "objecttype", "objectname", "object", "type", "tag", "*committerdate:unix"],
  ...["taggername", "taggeremail:trim", "taggerdate:raw", "contents:signature", "contents"],
];

/**
 * All annotated tags on commits, by name. One call of git; lightweight tags, those that have another tag's object, and tags on other
 * things are left out.
 */
export async function listTags(run: RunGit): Promise<readonly GitTag[]> {
  const format = fields.map((field) => `%(${field})%00`).join("");
  const output = await gitOutput(run, ["for-each-ref", `--format=${format}`, "refs/tags"]);
  const values = output.toString("utf8").split("\0");
  const tags: GitTag[] = [];
  for (let at = 0; at + fields.length < values.length; at += fields.length) {
    const tag = tagOf(values.slice(at, at + fields.length));
    if (tag) tags.push(tag);
    if (tags.length > maxTags) throw new MissingDataError(`This repository has more than ${maxTags} annotated tags.`);
  }
  return tags;
}

export async function taggedSince(run: RunGit, commit: string): Promise<ReadonlySet<string>> {
  const output = await gitOutput(run, ["for-each-ref", `--contains=${commit}`, "--format=%(*objectname)", "refs/tags"]);
  return new Set(output.toString("utf8").split("\n").filter(Boolean));
}

function tagOf(values: readonly string[]): GitTag | undefined {
  const [
    name = "",
    kind,
    id = "",
    commit = "",
    type,
    called,
    committed,
    taggerName = "",
    email = "",
    date = "",
    signature = "",
    text = "",
  ] = values;
  if (kind !== "tag" || type !== "commit") return undefined;
  // A line break ends the tag before.
  const ref = name.replace(/^\n/, "");
  // Another tag's object under this name, such as `git tag new old` makes it, is a lightweight tag like any other.
  if (called !== ref) return undefined;
  const [, seconds = "0", sign, hours = "0", minutes = "0"] = /^(-?\d+) ([+-])(\d\d)(\d\d)$/.exec(date) ?? [];
  return {
    name: ref,
    id,
    commit,
    committedAt: Number(committed),
    tagger: { name: taggerName, email },
    taggedAt: Number(seconds),
    offsetMinutes: (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)),
    message: (signature !== "" && text.endsWith(signature) ? text.slice(0, -signature.length) : text).trim(),
  };
}
