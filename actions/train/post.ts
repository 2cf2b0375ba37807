import { createNodeFiles } from "../../src/files/node-files.ts";
import { keepUnfinished } from "../../src/flows/unfinished-training.ts";
import { plannedModel } from "../../src/plan/planned-model.ts";
import { createNodeProcesses } from "../../src/processes/node-processes.ts";
import { createArtifactJobFiles } from "../runtime/artifact-job-files.ts";
import { readEvent } from "../runtime/event.ts";
import { takeOver } from "../runtime/hand-over.ts";
import * as step from "../runtime/step.ts";
import type { TrainInputs } from "./inputs.ts";

/** After the step, however it ended: when it was killed, its checkpoint is kept and its processes are ended. */
export async function post(load: () => TrainInputs): Promise<void> {
  const { unfinishedFile, mark } = takeOver();
  const files = createNodeFiles({ temporaryFolder: process.env["RUNNER_TEMP"] });
  // What was wrong with the inputs or the event the step itself has said.
  if (unfinishedFile === undefined || !(await files.exists(unfinishedFile))) return;
  const { plan, model, token } = load();
  const event = readEvent();
  const jobFiles = createArtifactJobFiles(files, event, token);
  const machine = { files, jobFiles, processes: createNodeProcesses(), unfinishedFile, progress: step.info };
  await keepUnfinished({ planned: plannedModel(plan, model), identity: event.identity, mark }, machine);
}
