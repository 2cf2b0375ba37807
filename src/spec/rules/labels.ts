import { below, listOf, type Report } from "../rule.ts";
import { isLabel, type WrittenModel } from "./model.ts";

/** What a task says of the truth: its column, the positive label, the classes. */
export function checkLabels({ task, evaluate }: WrittenModel, reportModel: Report): void {
  if (evaluate === undefined) return;
  const report = below(reportModel, "evaluate");
  const { target, positive, classes } = evaluate;
  if (task === "scored") {
    if (target !== undefined) report(["target"], "A scored task is compared with no truth.", "Remove target.");
  } else if (target === undefined) {
    report(["target"], "target is missing; it has to be the name of a column.", "Write for example customer_id.");
  }
  if (task === undefined) return;
  if (positive !== undefined && task !== "binary")
    report(["positive"], `A ${task} task has no positive label.`, "Remove positive.");
  if (classes === undefined) return;
  const names = listOf(classes).filter(isLabel).map(String);
  if (task === "regression" || task === "scored") {
    report(["classes"], `A ${task} task has no classes.`, "Remove classes.");
  } else if (new Set(names).size < names.length) {
    report(["classes"], "A label is named twice.", "Name each label once.");
  } else if (task === "multilabel") {
    const joined = names.find((name) => name.includes("|"));
    if (joined !== undefined)
      report(["classes"], `${JSON.stringify(joined)} cannot be told from several labels with | between them.`, "Rename it.");
  } else if (task === "binary" && names.length !== 2) {
    report(["classes"], `A binary task has 2 classes, not ${names.length}.`, "Name both labels, or write task: multiclass.");
  } else if (isLabel(positive) && task === "binary" && !names.includes(String(positive))) {
    report(["positive"], `${JSON.stringify(positive)} is not among the classes ${names.join(", ")}.`, "Write one of them.");
  }
}
