import { maxNameCharacters, namePattern } from "../spec/stage-name.ts";
import { isVersion } from "./version.ts";

/**
 * What a tag's name says of a model, in the grammar of GTO 1.10, whose tags are ours:
 * `m@v1.2.3` registers, `m@v1.2.3!` deregisters, `m#prod#4` assigns a stage, `m#prod!#5` unassigns it, `m@deprecated#6` deprecates.
 * `counter` can have any number of digits, so it is text.
 */
export type TagName = { model: string; counter?: string } & (
  | { action: "register" | "deregister"; version: string }
  | { action: "assign" | "unassign"; stage: string }
  | { action: "deprecate" }
);

const folder = "[a-zA-Z0-9\\-_./]+";
const shape = new RegExp(
  `^(?<model>(?:${folder}=)?${namePattern})(?:#(?<stage>${namePattern})(?<unassigned>!?)|@(?<at>[^!#]+)(?<deregistered>!?))(?:#(?<counter>[0-9]+))?$`,
);
const modelShape = new RegExp(`^(?:${folder}:)?${namePattern}$`);

/**
 * The model as the command line writes it: `models:churn` for the tag `models=churn@v1.0.0`.
 * @returns undefined for a tag that is about no model. GTO's parser also takes `m@created`, which nothing writes and its own `show`
 * cannot read: it is none here.
 */
export function parseTagName(tag: string): TagName | undefined {
  if (tag.length > maxNameCharacters) return undefined;
  const found = shape.exec(tag)?.groups;
  if (found?.["model"] === undefined) return undefined;
  const { stage, at, counter } = found;
  const of = { model: found["model"].replaceAll("=", ":"), ...(counter === undefined ? {} : { counter }) };
  if (stage !== undefined) return { ...of, action: found["unassigned"] ? "unassign" : "assign", stage };
  if (at === "deprecated") return found["deregistered"] ? undefined : { ...of, action: "deprecate" };
  if (at === undefined || !isVersion(at)) return undefined;
  return { ...of, action: found["deregistered"] ? "deregister" : "register", version: at };
}

export function formatTagName(tag: TagName): string {
  const counter = tag.counter === undefined ? "" : `#${tag.counter}`;
  return `${tagPrefix(tag.model)}${what(tag)}${counter}`;
}

/** What all tags of the model begin with, and those of some others. */
export function tagPrefix(model: string): string {
  return model.replaceAll(":", "=");
}

/** The stage's tag with the highest number, whatever it did. */
export function latestStageTag(tags: Iterable<string>, model: string, stage: string): string | undefined {
  let latest: { name: string; counter: bigint } | undefined;
  for (const name of tags) {
    const parsed = parseTagName(name);
    if (parsed?.model !== model || !("stage" in parsed) || parsed.stage !== stage) continue;
    const counter = BigInt(parsed.counter ?? 0);
    if (!latest || counter > latest.counter) latest = { name, counter };
  }
  return latest?.name;
}

function what(tag: TagName): string {
  if (tag.action === "deprecate") return "@deprecated";
  if ("version" in tag) return `@${tag.version}${tag.action === "deregister" ? "!" : ""}`;
  return `#${tag.stage}${tag.action === "unassign" ? "!" : ""}`;
}

/** 1 above the highest of all the model's tags, whatever their stage and action. Lightweight tags count too: their name is taken. */
export function nextCounter(tags: Iterable<string>, model: string): string {
  let highest = 0n;
  for (const tag of tags) {
    const parsed = parseTagName(tag);
    if (parsed?.model !== model || parsed.counter === undefined) continue;
    const counter = BigInt(parsed.counter);
    if (counter > highest) highest = counter;
  }
  return String(highest + 1n);
}

/** `churn`, or `models:churn` of the folder `models`. */
export function isModelName(text: string): boolean {
  return text.length <= maxNameCharacters && modelShape.test(text);
}
