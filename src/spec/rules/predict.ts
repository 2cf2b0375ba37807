import { below, exactlyOne, isMap, type Report } from "../rule.ts";
import type { WrittenModel } from "./model.ts";

/** How rows are scored, beside how the model is trained and what it predicts. */
export function checkPredict({ task, train, evaluate }: WrittenModel, report: Report): void {
  if (evaluate === undefined) return;
  const { predict } = evaluate;
  const atPredict = below(report, "evaluate", "predict");
  const byCommand = task === "multilabel" || task === "scored";
  if (predict === undefined && byCommand)
    atPredict([], `predict is missing: a ${task} task is scored by a command.`, "Add predict: {run: a command}.");
  else if (predict === undefined && typeof train?.run === "string")
    atPredict(
      [],
      "predict is missing: a model trained by a command says how it is scored.",
      "Add predict: {onnx: model.onnx}, or {run: a command}.",
    );
  if (!isMap(predict)) return;
  const { onnx, run, features } = predict;
  exactlyOne(predict, ["onnx", "run"], atPredict, "Write {onnx: model.onnx} or {run: a command}.");
  if (onnx !== undefined && byCommand)
    atPredict(["onnx"], `A ${task} task is scored by a command.`, "Write {run: a command} in its place.");
  if (typeof run !== "string") return;
  if (Array.isArray(features)) atPredict(["features"], "A predict command chooses its own columns.", "Remove features.");
  const outputs = train?.outputs ?? {};
  if (typeof train?.run === "string" && isMap(outputs) && outputs.model === undefined)
    report(
      ["train", "outputs", "model"],
      "outputs.model is missing: where the command leaves the model.",
      "Add outputs: {model: the file or folder}.",
    );
}
