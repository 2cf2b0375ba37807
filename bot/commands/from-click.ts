import { modelsToApprove } from "../../src/report/approvals.ts";
import { statusOf, worstFirst } from "../../src/report/model-status.ts";
import type { Report } from "../../src/report/report.ts";
import type { buttons } from "../request.ts";
import type { Command } from "./command.ts";

/** What a button of the check asks for, by the report that had it; undefined when the button should not be there any more. */
export function commandOfButton(button: (typeof buttons)[number], report: Report | undefined): Command | undefined {
  if (button === "retrain") return { name: "retrain" };
  if (report === undefined) return undefined;
  if (button === "approve") {
    const [only, ...others] = modelsToApprove(report);
    return only && others.length === 0 ? { name: "approve", model: only.name } : undefined;
  }
  const [worst] = worstFirst(report.models).filter((model) => statusOf(model) !== "unchanged");
  return worst && { name: "explain", model: worst.name };
}
