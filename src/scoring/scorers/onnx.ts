import { UserCommandError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import type { Task } from "../../spec/spec.ts";
import type { RawPredictions } from "../raw-predictions.ts";
import type { Scorer } from "../scorer.ts";
import { classificationOf } from "./onnx/classification.ts";
import { planInputs } from "./onnx/inputs.ts";
import { loadModel, loadOnnxRuntime, runtimeMessage } from "./onnx/load-model.ts";
import { chooseOutputs, collectOutputs, refuseNonFinite } from "./onnx/outputs.ts";

export interface OnnxScorerRequest {
  /** Path of the ONNX file as declared; it lies in `modelFolder` under this path or its last part. */
  path: string;
  /** The model's columns in its order; undefined: see `defaultFeatures`. */
  features: readonly string[] | undefined;
  task: Task;
  modelFolder: string;
  classes: readonly string[] | undefined;
  positive: string | undefined;
  files: Files;
}

/** Scores an ONNX model of any framework with ONNX Runtime on the CPU. A missing value reaches the model as NaN. */
export function createOnnxScorer(request: OnnxScorerRequest): Scorer {
  const { task, path, modelFolder } = request;
  return {
    async score(test) {
      const runtime = await loadOnnxRuntime();
      const session = await loadModel(runtime, request);
      try {
        const roles = chooseOutputs(session.outputMetadata, task);
        const inputs = planInputs(runtime, session.inputMetadata, test, request.features);
        const names = [roles.label, roles.numbers].filter((name) => name !== undefined);
        const { rows } = test.table;
        const collected = collectOutputs(roles, rows);
        for (let start = 0; start < rows; start += inputs.batchRows) {
          const outputs = await session.run(inputs.feed(start), names).catch((error: unknown) => {
            throw new UserCommandError(
              `${path} failed on the test rows from ${start + 1}: ${runtimeMessage(error, modelFolder)}`,
              {
                cause: error,
              },
            );
          });
          collected.add(outputs, start, Math.min(inputs.batchRows, rows - start), inputs.batchRows);
        }
        const outputs = collected.result();
        refuseNonFinite(outputs.numbers, rows);
        return task === "regression" ? regressionOf(outputs.numbers) : classificationOf(outputs, request);
      } finally {
        await session.release();
      }
    },
  };
}

function regressionOf(numbers: readonly Float64Array[]): RawPredictions {
  const [values] = numbers;
  if (values === undefined || numbers.length > 1)
    throw new UserCommandError(`The task is regression, but the model gives ${numbers.length} numbers a row; one was expected.`);
  return { ids: undefined, predictions: values, scores: new Map() };
}
