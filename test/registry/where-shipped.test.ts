import { describe, expect, it } from "vitest";
import type { GitTag } from "../../src/git/tags.ts";
import { readRegistry } from "../../src/registry/registry-state.ts";
import { stageTimelines } from "../../src/registry/stage-timeline.ts";
import { parseTagName } from "../../src/registry/tag-name.ts";
import { movedBy, whereShipped } from "../../src/registry/where-shipped.ts";

type StageTags = readonly [name: string, version: number][];

/** Versions v1 to v9 are at commits c1 to c9, and a change of c3 is in v3 and whatever came after. */
function timelinesOf(stageTags: StageTags, emergencies: ReadonlyMap<string, string> = new Map()) {
  const tag = (name: string, commit: number, taggedAt: number): GitTag => ({
    ...{ name, id: name, commit: `c${commit}`, committedAt: 0, taggedAt, offsetMinutes: 0, message: "Break-glass: @cy (“so”)" },
    tagger: { name: "manager", email: "manager@localhost" },
  });
  const versions = Array.from({ length: 9 }, (_, index) => tag(`fraud@v${index + 1}.0.0`, index + 1, 1));
  const assigned = stageTags.map(([name, version], index) => tag(name, version, 100 * (index + 1)));
  const state = readRegistry([...versions, ...assigned]).models.get("fraud");
  if (!state) throw new Error("There is no model.");
  return stageTimelines(state, emergencies);
}

const ofThree = (commit: string) => Number(commit.slice(1)) >= 3;

describe("where a change is in use", () => {
  it.each<[string, StageTags, object | undefined]>([
    ["is nowhere before a version with it comes into a stage", [["fraud#staging#1", 2]], undefined],
    [
      "is each stage since a version with it came there first",
      [
        ["fraud#staging#1", 3],
        ["fraud#production#2", 3],
        ["fraud#production#3", 4],
      ],
      {
        version: "v3.0.0",
        stages: [
          { stage: "staging", isThere: true, since: 100, version: "v3.0.0" },
          { stage: "production", isThere: true, since: 200, version: "v3.0.0" },
        ],
      },
    ],
    [
      "is told with the version that brought it, where that is not the first one with it",
      [
        ["fraud#staging#1", 3],
        ["fraud#production#2", 2],
        ["fraud#production#3", 5],
      ],
      { version: "v3.0.0", stages: [{}, { stage: "production", isThere: true, since: 300, version: "v5.0.0" }] },
    ],
    [
      "is a stage no more that went back to a version without it",
      [
        ["fraud#production#1", 3],
        ["fraud#production#2", 4],
        ["fraud#production#3", 2],
        ["fraud#production#4", 1],
      ],
      { version: "v3.0.0", stages: [{ stage: "production", isThere: false, since: 300, version: "v2.0.0" }] },
    ],
    [
      "is a stage again that has a version with it again",
      [
        ["fraud#production#1", 3],
        ["fraud#production#2", 2],
        ["fraud#production#3", 3],
      ],
      { version: "v3.0.0", stages: [{ stage: "production", isThere: true, since: 300, version: "v3.0.0" }] },
    ],
    [
      "is a stage no more from which the version was taken",
      [
        ["fraud#production#1", 3],
        ["fraud#production!#2", 3],
      ],
      { version: "v3.0.0", stages: [{ stage: "production", isThere: false, since: 200, version: undefined }] },
    ],
    [
      "is a stage still that has an earlier version with it, once the later one was taken out",
      [
        ["fraud#production#1", 3],
        ["fraud#production#2", 4],
        ["fraud#production!#3", 4],
      ],
      { version: "v3.0.0", stages: [{ stage: "production", isThere: true, since: 100, version: "v3.0.0" }] },
    ],
  ])("%s", (_, tags, expected) => {
    const found = whereShipped(timelinesOf(tags), ofThree);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });
});

it("tells where a version with the change came by break-glass, and takes no tag's word for it", () => {
  const said = "@ann and @bea: all is down";
  const stageTags: StageTags = [
    ["fraud#staging#1", 3],
    ["fraud#production#2", 3],
  ];
  const timelines = timelinesOf(stageTags);
  expect(whereShipped(timelines, ofThree)?.stages).toMatchObject([{ breakGlass: undefined }, { breakGlass: undefined }]);
  const known = timelinesOf(stageTags, new Map([["fraud#production#2", said]]));
  expect(whereShipped(known, ofThree)?.stages).toMatchObject([
    { stage: "staging", breakGlass: undefined },
    { stage: "production", breakGlass: said },
  ]);
});

describe("what a stage's tag did", () => {
  it.each<[string, StageTags, object | undefined]>([
    ["is the model's first step", [["fraud#staging#1", 2]], { from: undefined, to: "c2", isFirst: true }],
    [
      "is a step from what the stage had",
      [
        ["fraud#staging#1", 2],
        ["fraud#staging#2", 5],
      ],
      { from: "c2", to: "c5", isFirst: false },
    ],
    [
      "is a step back",
      [
        ["fraud#staging#1", 2],
        ["fraud#staging#2", 5],
        ["fraud#staging#3", 2],
      ],
      { from: "c5", to: "c2", isFirst: false },
    ],
    [
      "is for a stage that had none a step from the first version that any had",
      [
        ["fraud#staging#1", 2],
        ["fraud#staging#2", 5],
        ["fraud#production#3", 5],
      ],
      { from: "c2", to: "c5", isFirst: true },
    ],
    [
      "is none where it had that very version",
      [
        ["fraud#staging#1", 2],
        ["fraud#staging#2", 2],
      ],
      { from: "c2", to: "c2", isFirst: false },
    ],
  ])("%s", (_, tags, expected) => {
    const [name = ""] = tags.at(-1) ?? [];
    const parsed = parseTagName(name);
    const stage = parsed && "stage" in parsed ? parsed.stage : "";
    expect(movedBy(name, stage, timelinesOf(tags))).toEqual(expected);
  });

  it("is nothing where the tag is not known or takes a version out", () => {
    const timelines = timelinesOf([
      ["fraud#staging#1", 2],
      ["fraud#staging!#2", 2],
    ]);
    expect(movedBy("fraud#staging!#2", "staging", timelines)).toBeUndefined();
    expect(movedBy("fraud#staging#7", "staging", timelines)).toBeUndefined();
  });
});
