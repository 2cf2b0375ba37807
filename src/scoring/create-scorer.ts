import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { Predict, Task } from "../spec/spec.ts";
import type { Scorer } from "./scorer.ts";
import { createCommandScorer } from "./scorers/command.ts";
import { createOnnxScorer } from "./scorers/onnx.ts";

export interface ScorerRequest {
  predict: Predict;
  task: Task;
  /** Absolute path of the run's `model/` folder. */
  modelFolder: string;
  /** Absolute; where a predict command runs. */
  workingDirectory: string;
  /** Class labels in the order of the model's outputs. */
  classes: readonly string[] | undefined;
  /** Binary tasks: the label that counts as positive. */
  positive?: string | undefined;
  /** The whole environment of a predict command. */
  env: Readonly<Record<string, string>>;
  timeoutMinutes: number;
  processes: Processes;
  files: Files;
  /** Aborted when the job is cancelled; `reason` is the signal's name. */
  signal: AbortSignal;
  /** Where a predict command's output goes, as it comes. */
  output: (chunk: string) => void;
}

/** The scorer for what the spec declares under `predict`. Nothing is loaded or run before `score`. */
export function createScorer({ predict, ...request }: ScorerRequest): Scorer {
  switch (predict.kind) {
    case "onnx":
      return createOnnxScorer({ ...request, positive: request.positive, path: predict.path, features: predict.features });
    case "command":
      return createCommandScorer({ ...request, run: predict.run });
    case "tfjs":
      return {
        async score(test) {
          const { createTfjsScorer } = await import("./scorers/tfjs.ts");
          return createTfjsScorer(request).score(test);
        },
      };
  }
}
