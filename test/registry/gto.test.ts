import { describe, expect, it } from "vitest";
import { checkRef, showHistory } from "../../src/registry/history.ts";
import { readRegistry } from "../../src/registry/registry-state.ts";
import { showRegistry } from "../../src/registry/show.ts";
import { parseTagName, type TagName } from "../../src/registry/tag-name.ts";
import { createRepository, type Repository } from "../git/repository.ts";
import { gto, withoutGto } from "./gto.ts";
import { numbers, tagAtRandom } from "./random-registry.ts";

interface GtoAnswers {
  show: unknown;
  deprecated: unknown;
  history: unknown;
  ascending: unknown;
  refs: Record<string, unknown[]>;
}

async function expectTheSame(repository: Repository): Promise<number> {
  const theirs = JSON.parse(gto(["show", repository.folder])) as GtoAnswers;
  const state = readRegistry(await (await repository.open()).listTags());
  expect(state.problems).toEqual([]);
  expect(showRegistry(state)).toEqual(theirs.show);
  expect(showRegistry(state, { deprecated: true })).toEqual(theirs.deprecated);
  const history = showHistory(state);
  expect(history).toEqual(theirs.history);
  expect(showHistory(state, { ascending: true })).toEqual(theirs.ascending);
  for (const [ref, events] of Object.entries(theirs.refs))
    expect([checkRef(state, ref)].filter((event) => event !== undefined)).toEqual(events);
  return history.length;
}

describe.skipIf(withoutGto)("beside GTO", () => {
  it("reads what GTO made of 60 events as GTO does", async () => {
    const repository = createRepository();
    for (let commit = 0; commit < 25; commit += 1) repository.commit();
    gto(["make", repository.folder, "1", "60"]);
    expect(await expectTheSame(repository)).toBe(60);
  });

  it.each([1, 2])("makes 300 tags that GTO reads as Assay does, seed %i", async (seed) => {
    const repository = createRepository();
    const made = tagAtRandom(repository, numbers(seed), 300);
    expect(await expectTheSame(repository)).toBe(made);
  });

  it("parses 50,000 names as GTO does", () => {
    const random = numbers(9);
    const names = Array.from({ length: 50_000 }, () => nameAtRandom(random));
    const theirs = JSON.parse(gto(["parse"], names.map((name) => `${JSON.stringify(name)}\n`).join(""))) as object[];
    const ours = names.map((name) => asGto(parseTagName(name)));
    expect(ours).toEqual(theirs);
    expect(theirs.filter((parsed) => Object.keys(parsed).length > 0).length).toBeGreaterThan(5_000);
  });
});

const pieces = [
  "a",
  "Z9",
  "-",
  "_",
  "/",
  ".",
  "=",
  ":",
  "#",
  "@",
  "!",
  "v",
  "v1.2.3",
  "0",
  "01",
  "-rc.1",
  "+b",
  "deprecated",
  "#12",
  "prod",
];
const wholes = ["m@v1.2.3", "a/b#prod", "x=m@v0.1.0-a.b", "m@deprecated", "m@v1.2.3!", "m#prod!#3", "dir.a/b=m#s/t#04", " ", "é"];

/** Often nearly right. */
function nameAtRandom(random: () => number): string {
  const piece = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  if (random() < 0.5) return Array.from({ length: 1 + Math.floor(random() * 7) }, () => piece(pieces)).join("");
  const whole = piece(wholes);
  if (random() < 0.3) return whole;
  const cut = Math.floor(random() * (whole.length + 1));
  return whole.slice(0, cut) + piece(pieces) + whole.slice(random() < 0.5 ? cut : cut + 1);
}

/** Of `m@created`, GTO's parser keeps the name alone, and no event comes of it. */
function asGto(tag: TagName | undefined): object {
  if (!tag) return {};
  const { model, counter, ...rest } = tag;
  return { name: model, ...rest, ...(counter === undefined ? {} : { counter: Number(counter) }) };
}
