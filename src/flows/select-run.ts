import { join } from "node:path";
import { AssayError, exitCodes, UsageError } from "../errors/errors.ts";
import { type Evidence, type Experiment, evidenceSchemaId } from "../evidence/evidence.ts";
import { describeRun } from "../plan/describe-run.ts";
import type { PlannedRun } from "../plan/plan.ts";
import { pointsOf } from "../plan/planned-model.ts";
import type { Tree } from "../plan/tree.ts";
import { pointInWords } from "../spec/grid.ts";
import type { Grid, Model, Spec } from "../spec/spec.ts";
import { chooseExperiment, endedByItself, measureExperiment } from "../training/choose-experiment.ts";
import type { Machine, RunIdentity } from "./context.ts";
import { type FetchedRun, fetchRun, type Records, TrainingFailedError } from "./fetch-run.ts";
import { runFilesName } from "./job-files.ts";
import { evidenceText, keepSealed } from "./keep-evidence.ts";

export interface SelectRequest {
  planned: PlannedRun;
  spec: Spec;
  model: Model;
  /** The tree whose grid was trained. */
  tree: Tree;
  identity: RunIdentity;
}

/** As long as evidence may quote. */
const maxMessage = 4_000;

/**
 * Chooses the best point of a trained grid and keeps its models as the run of the whole, with begun evidence that tells of every
 * point. Where none can be chosen, the sealed evidence says why.
 */
export async function selectRun(request: SelectRequest, machine: Machine, records: Records): Promise<Evidence> {
  const { planned, model, identity } = request;
  const { grid } = model.train;
  const description = await describeRun(request.tree, request.spec, model);
  if (!grid || description.inputHash !== planned.inputHash)
    throw new UsageError(
      `${model.name}: the grid at ${planned.commit} has input hash ${description.inputHash}, but ${planned.inputHash} was planned. ` +
        "Check out the commit that was planned.",
    );
  const { points, missing, best } = await tryPoints(request, grid, machine, records);
  const chosen = missing === undefined ? chooseExperiment(points, grid.select) : undefined;
  const begun: Evidence = {
    schema: evidenceSchemaId,
    model: model.name,
    task: model.task,
    inputHash: planned.inputHash,
    inputs: description.inputs,
    source: { ...identity, commit: planned.commit },
    trainings: [],
    experiments: { select: grid.select, ...(chosen !== undefined && { chosen }), points },
    evaluations: [],
    waivers: [],
  };
  if (chosen === undefined || !best) {
    await best?.remove();
    const message = (missing ?? `None of the ${points.length} experiments can be chosen: ${whyNot(points)}`).slice(0, maxMessage);
    machine.progress(`${model.name}: ${message}`);
    const exitCode = missing === undefined ? exitCodes.userCommand : exitCodes.inconclusive;
    return keepSealed({ ...begun, evaluationFailure: { message, exitCode } }, {}, machine);
  }
  const evidence: Evidence = { ...begun, trainings: best.evidence.trainings };
  await machine.files.write(join(best.folder, "evidence.json"), evidenceText(evidence));
  await machine.jobFiles.keep(runFilesName(model.name, planned.inputHash), best.folder);
  await best.remove();
  const values = points[chosen]?.values ?? {};
  machine.progress(`${model.name}: experiment ${chosen + 1} of ${points.length} is chosen (${pointInWords(values)})`);
  return evidence;
}

interface Tried {
  points: Experiment[];
  /** Why nothing may be chosen yet. */
  missing: string | undefined;
  /** The run of the point that is chosen among those. */
  best: FetchedRun | undefined;
}

/** Fetches the points' runs one after the other, and of their models keeps only the best one's here. */
async function tryPoints(request: SelectRequest, grid: Grid, machine: Machine, records: Records): Promise<Tried> {
  const tried: Tried = { points: [], missing: undefined, best: undefined };
  for (const { planned, point, model } of pointsOf(request.planned, request.model)) {
    const { values } = point;
    const { inputHash } = planned;
    const found = await fetchPoint(model.name, planned, machine, records);
    if ("failed" in found) {
      const { trainings } = found.failed;
      if (!trainings.every(endedByItself)) tried.missing ??= noResult(tried.points.length, values, found.failed);
      tried.points.push({ values, inputHash, ...measureExperiment(trainings, grid.select) });
    } else if ("lost" in found) {
      const message = found.lost.message.slice(0, maxMessage);
      tried.missing ??= noResult(tried.points.length, values, found.lost);
      tried.points.push({ values, inputHash, outcome: "failed", seeds: [], message });
    } else {
      const { evidence } = found.run;
      const reusedFrom = planned.decision === "reuse" ? { reusedFrom: evidence.source } : {};
      tried.points.push({ values, inputHash, ...reusedFrom, ...measureExperiment(evidence.trainings, grid.select) });
      const isBest = chooseExperiment(tried.points, grid.select) === tried.points.length - 1;
      await (isBest ? tried.best : found.run)?.remove();
      if (isBest) tried.best = found.run;
    }
  }
  return tried;
}

type Found = { run: FetchedRun } | { failed: TrainingFailedError } | { lost: AssayError };

async function fetchPoint(model: string, planned: PlannedRun, machine: Machine, records: Records): Promise<Found> {
  try {
    return { run: await fetchRun(model, planned, machine, records) };
  } catch (error) {
    if (error instanceof TrainingFailedError) return { failed: error };
    if (error instanceof AssayError) return { lost: error };
    throw error;
  }
}

function noResult(place: number, values: Experiment["values"], { message }: Error): string {
  const rest = "Run it again, or take it out of the grid: chosen among the others, the best could be another than next time.";
  return `Experiment ${place + 1} (${pointInWords(values)}) has no result: ${message} ${rest}`;
}

function whyNot(points: readonly Experiment[]): string {
  const reasons = points.flatMap(({ message, values }) => (message === undefined ? [] : [`${pointInWords(values)}: ${message}`]));
  return [...reasons.slice(0, 3), ...(reasons.length > 3 ? [`and ${reasons.length - 3} more`] : [])].join(" ");
}
