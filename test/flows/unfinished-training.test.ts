import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { checkpointFilesNames } from "../../src/flows/job-files.ts";
import { keepUnfinished } from "../../src/flows/unfinished-training.ts";
import { plannedModel } from "../../src/plan/planned-model.ts";
import { files } from "../git/repository.ts";
import { createWorkplace, model } from "./workplace.ts";

/** A place where nothing was trained yet, and a file that says of a training that it is not over. */
async function createPlace() {
  const place = await createWorkplace();
  const { plan, planned } = await place.planOf(await place.edit({}), null);
  const folder = await files.makeTemporaryFolder("assay-partial-");
  const unfinishedFile = join(folder, "unfinished.json");
  const { inputHash } = planned.candidate;
  const partial = join(folder, "partial");
  const training = { inputHash, seed: 1, number: 4, folder: partial };
  await files.write(join(partial, "files", "epoch"), "9");
  const machine = { ...place.machine, unfinishedFile };
  const keep = () =>
    keepUnfinished({ planned: plannedModel(plan, model), identity: { repository: "acme/models" }, mark: undefined }, machine);
  await files.makeFolder(place.runsFolder);
  const stored = () => readdirSync(place.runsFolder).filter((name) => name.startsWith("assay-checkpoint-"));
  return { place, plan, inputHash, training, unfinishedFile, partial, keep, stored };
}

describe("what is done after a training", () => {
  it("is nothing when it is over", async () => {
    const { place, keep } = await createPlace();
    await keep();
    expect(place.lines).toEqual([]);
  });

  it("is to keep what was left of one that is not over, as the latest checkpoint and beside the others", async () => {
    const { place, inputHash, training, unfinishedFile, keep, stored } = await createPlace();
    await files.write(unfinishedFile, JSON.stringify(training));
    await keep();
    const [, , left] = checkpointFilesNames(model, inputHash, 1);
    expect(stored()).toEqual([left]);
    const manifest = JSON.parse((await files.readText(join(place.runsFolder, left, "manifest.json"))) ?? "");
    expect(manifest).toMatchObject({ model, inputHash, seed: 1, number: 5, files: [{ path: "epoch", digest: digestOf("9") }] });
  });

  it("keeps what was left of a grid's point too", async () => {
    const { place, plan, inputHash, training, unfinishedFile, stored } = await createPlace();
    const { candidate, ...planned } = plannedModel(plan, model);
    const point = { inputHash: candidate.inputHash, decision: "train" as const, because: [] };
    const grid = { ...planned, candidate: { ...candidate, inputHash: digestOf("the whole"), points: [point] } };
    await files.write(unfinishedFile, JSON.stringify(training));
    const machine = { ...place.machine, unfinishedFile };
    await keepUnfinished({ planned: grid, identity: { repository: "acme/models" }, mark: undefined }, machine);
    expect(stored()).toEqual([checkpointFilesNames(model, inputHash, 1)[2]]);
  });

  it.each([
    ["of a training that was not planned", { inputHash: digestOf("another") }, /nothing says of which planned training/],
    ["of no training", { inputHash: "../.." }, /nothing says of which planned training/],
    ["with more than belongs there", { more: 1 }, /nothing says of which planned training/],
    ["of a folder that is not there", { folder: "/nowhere/at/all" }, /had not written a checkpoint yet/],
  ])("keeps nothing %s", async (_, change, says) => {
    const { place, training, unfinishedFile, keep, stored } = await createPlace();
    await files.write(unfinishedFile, JSON.stringify({ ...training, ...change }));
    await keep();
    expect(place.lines.join("\n")).toMatch(says);
    expect(stored()).toEqual([]);
  });

  it("keeps nothing by a note that cannot be read", async () => {
    const { place, unfinishedFile, keep } = await createPlace();
    await files.write(unfinishedFile, "{");
    await keep();
    expect(place.lines.join("\n")).toMatch(/nothing says of which planned training/);
  });
});
