import { type CommitRecord, parseSignature, type Signature, signatureLine } from "./commits.ts";
import type { GitRepository } from "./repository.ts";

/** An annotated tag's object. */
export interface TagRecord {
  sha: string;
  object: { sha: string; type: string };
  tag: string;
  /** Undefined of very old ones. */
  tagger: CommitRecord["author"] | undefined;
  message: string;
}

export async function readTag({ objects }: GitRepository, sha: string): Promise<TagRecord | undefined> {
  const found = await objects.read(sha);
  if (found?.type !== "tag") return undefined;
  const text = found.bytes.toString("utf8");
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const value = (name: string) => lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1);
  const tagger = value("tagger");
  return {
    sha,
    object: { sha: value("object") ?? "", type: value("type") ?? "" },
    tag: value("tag") ?? "",
    tagger: tagger === undefined ? undefined : parseSignature(tagger),
    message: text.slice(end + 2),
  };
}

export interface NewTag {
  object: string;
  type: string;
  tag: string;
  tagger: Signature;
  message: string;
}

export async function writeTag({ objects }: GitRepository, tag: NewTag): Promise<string> {
  const lines = [
    `object ${tag.object}`,
    `type ${tag.type}`,
    `tag ${tag.tag}`,
    `tagger ${signatureLine(tag.tagger)}`,
    "",
    tag.message,
  ];
  return objects.write("tag", Buffer.from(lines.join("\n")));
}
