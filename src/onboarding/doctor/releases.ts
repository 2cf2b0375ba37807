import type { Spec } from "../../spec/spec.ts";
import { promoteWorkflowPath } from "../init/promote-workflow.ts";
import type { CallingWorkflow } from "./calling-workflows.ts";
import { broken, type Finding, fine } from "./finding.ts";
import { checkPin } from "./workflow.ts";

/** Models that have rules for promotions. */
export function promotedModels(spec: Spec | undefined): readonly string[] {
  return [...(spec?.models.values() ?? [])].flatMap(({ name, promote }) => (promote === undefined ? [] : [name]));
}

/** Whether what may be promoted is promoted by a workflow. @param promoting those that do */
export function checkReleases(promoting: readonly CallingWorkflow[], spec: Spec | undefined): readonly Finding[] {
  const check = "release workflow";
  const [model] = promotedModels(spec);
  if (promoting.length === 0)
    return model === undefined
      ? []
      : [
          broken(
            check,
            `${model} has rules for promotions, and no workflow promotes: a pushed tag ships nothing.`,
            `\`assay init --promote\` writes ${promoteWorkflowPath}.`,
          ),
        ];
  return promoting.flatMap((workflow) => [fine(check, `${workflow.path} promotes versions.`), checkPin(workflow)]);
}
