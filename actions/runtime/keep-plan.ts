import { join } from "node:path";
import type { Files } from "../../src/files/files.ts";
import { planFileName } from "../../src/flows/job-files.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { Event } from "./event.ts";
import * as step from "./step.ts";

/** Keeps the plan where the app finds it, when the app is who writes; what an upload needs is loaded only then. */
export async function keepPlan({ writer, event: kind }: Plan, serialized: string, event: Event, files: Files): Promise<void> {
  if (writer !== "app" || kind !== "pull_request") return;
  if (!process.env["ACTIONS_RUNTIME_TOKEN"]) {
    step.warning(`No access to the run's artifacts here, so ${planFileName} is not kept and the app cannot judge this run.`);
    return;
  }
  const { createArtifactJobFiles } = await import("./artifact-job-files.ts");
  const folder = await files.makeTemporaryFolder("assay-plan-");
  try {
    const file = join(folder, planFileName);
    await files.write(file, serialized);
    await createArtifactJobFiles(files, event, undefined).keepFile(file);
  } finally {
    await files.remove(folder);
  }
}
