import { posix } from "node:path";
import { inRepository, type TrainingUnit } from "./training-unit.ts";

/** What a training writes, in the repository's paths. */
export interface Outputs {
  model: string | undefined;
  /** Model-like files, the model among them. */
  artefacts: readonly string[];
  metrics: string | undefined;
}

const helper = /scaler|encoder|vectori[sz]|tokeni[sz]|preproc|imputer|columns|features|label/i;

export function findOutputs(unit: TrainingUnit): Outputs {
  const { script, stages, runsIn } = unit;
  const last = stages.at(-1);
  const written = (script?.models.written ?? []).map((path) => inRepository(path, script?.path ?? "", runsIn));
  const inStage = last?.outs.filter((out) => /\.(?:onnx|pkl|pickle|joblib|keras|h5|pt|pth|cbm|rds|skops)$/i.test(out)) ?? [];
  const artefacts = last ? (inStage.length > 0 ? inStage : [...last.outs.filter((out) => /model/i.test(out))]) : written;
  const likely = artefacts.filter((path) => !helper.test(posix.basename(path)));
  const model = likely.find((path) => path.endsWith(".onnx")) ?? likely.at(-1) ?? artefacts.at(-1);
  const live = unit.related.some(({ uses }) => uses.dvclive) ? posix.join(runsIn, "dvclive/metrics.json") : undefined;
  const reported = (script?.metrics ?? []).map((path) => inRepository(path, script?.path ?? "", runsIn));
  return { model, artefacts, metrics: last?.metrics.find((path) => path.endsWith(".json")) ?? reported.at(-1) ?? live };
}
