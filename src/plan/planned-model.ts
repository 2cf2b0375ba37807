import { UsageError } from "../errors/errors.ts";
import { atPoint, pointInWords } from "../spec/grid.ts";
import type { GridPoint, Model } from "../spec/spec.ts";
import type { Plan, PlannedModel, PlannedRun } from "./plan.ts";

/** @throws UsageError naming the models that were planned */
export function plannedModel(plan: Plan, model: string): PlannedModel {
  const planned = plan.models.find(({ model: name }) => name === model);
  if (planned) return planned;
  const known = plan.models.map(({ model: name }) => name).join(", ") || "none";
  throw new UsageError(`The plan has no model \`${model}\`; it has: ${known}. Name one of them.`);
}

/** The runs of a grid, each planned as a run of its own. @throws UsageError when the plan is of another grid */
export function pointsOf(
  { points = [], ...planned }: PlannedRun,
  model: Model,
): readonly { planned: PlannedRun; model: Model; point: GridPoint }[] {
  const declared = model.train.grid?.points ?? [];
  if (declared.length !== points.length)
    throw new UsageError(
      `${model.name}: ${points.length} points were planned, but its grid has ${declared.length}. Check out the commit that was planned.`,
    );
  return declared.flatMap((point, index) => {
    const own = points[index];
    if (!own) return [];
    const because = [`experiment ${index + 1} of ${declared.length} (${pointInWords(point.values)})`, ...own.because];
    return [{ planned: { ...planned, run: undefined, ...own, because }, model: atPoint(model, point), point }];
  });
}
