import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ownNames } from "../release/asset-names.ts";
import { type DemoPullRequest, openScene, type Stage } from "./demonstrated-pull-request.ts";
import { openPromotions } from "./promotions.ts";
import { nextImprovement, owner, secondOwner } from "./story.ts";
import { runWorkflow } from "./workflow.ts";

/** Something that somebody did to a version, and what became of it. */
export interface ReleaseStep {
  by: string;
  did: string;
  outcome: "done" | "promoted" | "refused";
  /** Why it was refused: a sentence each. */
  reasons: readonly string[];
  /** What the stages point at then, by the registry's page. */
  stages: Readonly<Record<string, string>>;
}

export interface ReleaseChapter {
  model: string;
  steps: readonly ReleaseStep[];
  /** The pull request that came between. */
  next: DemoPullRequest;
}

const model = "species";
const manager = "Release manager";

/**
 * From a merged pull request to production and back: versions are tagged, promoted to staging and production, refused where
 * approvals, the released bytes, a merge or evidence are missing, and at last rolled back.
 * @param page where the registry's page is written after every step
 */
export async function playRelease(
  stage: Stage,
  [improved, damaged]: readonly DemoPullRequest[],
  { page, hear }: { page: string; hear: (step: ReleaseStep) => void },
): Promise<ReleaseChapter> {
  if (!improved || !damaged) throw new Error("There is nothing to release.");
  const { runner, app, clone } = stage;
  const { github: embedded } = runner;
  const promotions = await openPromotions(runner, clone);
  const steps: ReleaseStep[] = [];

  async function told(by: string, did: string, reasons: readonly string[] | undefined): Promise<void> {
    const { models } = await promotions.show(page);
    const now = models.find(({ name }) => name === model)?.stages ?? [];
    const outcome = reasons === undefined ? "done" : reasons.length === 0 ? "promoted" : "refused";
    const stages = Object.fromEntries(now.flatMap(({ stage: name, now: at }) => (at ? [[name, at.version]] : [])));
    const step: ReleaseStep = { by, did, outcome, reasons: reasons ?? [], stages };
    steps.push(step);
    hear(step);
  }

  async function promote(version: string, to: string, rollback = false): Promise<void> {
    const command = `assay promote ${model} ${version} --to ${to}${rollback ? " --rollback" : ""}`;
    await told(manager, command, await promotions.promote(model, version, to, rollback));
  }

  async function merge(number: number): Promise<string> {
    const before = clone.update();
    const sha = await embedded.mergePullRequest(number, "squash", owner);
    const { runId } = await runWorkflow(runner, { name: "push", sha, before, branch: "main" }, { writer: "app" });
    await embedded.finishRun(runId);
    await app.settled();
    return sha;
  }

  async function tag(version: string, commit: string, of: string): Promise<void> {
    const name = `${model}@${version}`;
    clone.tag(name, commit, `Release ${name}`);
    await told(manager, `tags ${name}: ${of}`, undefined);
  }

  await embedded.review({ number: improved.number, author: owner, state: "APPROVED" });
  const first = await merge(improved.number);
  await told(`@${owner}`, `approves #${improved.number} and merges it, squashed`, undefined);
  await tag("v1.0.0", first, `what #${improved.number} made`);
  await promote("v1.0.0", "staging");
  await promote("v1.0.0", "production");
  await embedded.review({ number: improved.number, author: secondOwner, state: "APPROVED" });
  await told(`@${secondOwner}`, `approves #${improved.number} too`, undefined);
  const release = await exchangeModel();
  await told("Somebody", `puts another file in the place of the released ${release.file}`, undefined);
  await promote("v1.0.0", "production");
  await promotions.github.releases.delete(release.id);
  await told(manager, "deletes that release, not its tag", undefined);
  await promote("v1.0.0", "production");

  const next = await (await openScene(stage, nextImprovement))();
  const second = await merge(next.number);
  await tag("v1.1.0", second, `what #${next.number} made, which both owners approved`);
  await promote("v1.1.0", "staging");
  await promote("v1.1.0", "production");

  await tag("v1.2.0", damaged.report.headSha, `the head of #${damaged.number}, which is not merged`);
  await promote("v1.2.0", "staging");
  // Nobody waits for what the branch's own run says of both changes together.
  clone.update();
  const third = await embedded.mergePullRequest(damaged.number, "squash", owner);
  await tag("v1.3.0", third, `what merging #${damaged.number} made, which nobody evaluated`);
  await promote("v1.3.0", "staging");

  await promote("v1.0.0", "production", true);
  return { model, steps, next };

  /** @returns the release, and which of its files it was */
  async function exchangeModel(): Promise<{ id: number; file: string }> {
    const { releases } = promotions.github;
    const found = await releases.findByTag(`${model}@v1.0.0`);
    const asset = found && (await releases.assets(found.id)).find(({ name }) => !ownNames.includes(name));
    if (!found || !asset) throw new Error("The release has no model.");
    const file = join(runner.folder, "another-model");
    await writeFile(file, "Something else.");
    await releases.deleteAsset(asset.id);
    await releases.uploadAsset(found, asset.name, file);
    return { id: found.id, file: asset.name };
  }
}
