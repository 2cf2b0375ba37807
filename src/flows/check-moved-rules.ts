import { quoted } from "../data/table-request.ts";
import { MissingDataError } from "../errors/errors.ts";
import type { Comparison, Contents } from "../github/contents.ts";
import { isInputOf } from "../plan/may-touch.ts";
import type { Plan } from "../plan/plan.ts";
import { measuredBy } from "../spec/measured-by.ts";
import type { Law, Spec } from "../spec/spec.ts";
import { firstThatDiffers } from "./check-planned-models.ts";

export interface MovedRules {
  /** The base branch's rules as they are now. */
  law: Law;
  /** Those that the run was planned and measured by. */
  planned: Spec | undefined;
  comparison: Comparison | undefined;
  headSha: string;
}

/**
 * The base branch may have other rules by now than when a run was planned. It is judged by those of now, as long as what it measured
 * is what they ask for, and what they make of the change is what was planned.
 * @throws MissingDataError when it has to be run again
 */
export async function checkMovedRules(
  plan: Plan,
  { law, planned, comparison, headSha }: MovedRules,
  contents: Pick<Contents, "peek">,
): Promise<void> {
  const moved = (what: string) =>
    new MissingDataError(
      `The base branch's ${law.spec.path} has changed since this run was planned: ${what}. Push again, or update the branch: a run that is run again is planned as before.`,
    );
  for (const [name, model] of law.spec.models) {
    const isEvaluated = plan.models.some((one) => one.model === name && one.evaluate);
    const before = planned?.models.get(name);
    if (isEvaluated) {
      if (before && measuredBy(before) !== measuredBy(model, before.evaluate.metrics))
        throw moved(`${name} is measured in another way`);
      // What was shown of other columns is in the evidence.
      const hidden = before?.data.public.filter((column) => !model.data.public.includes(column)) ?? [];
      if (hidden.length > 0) throw moved(`${name} no longer has ${quoted(hidden)} among its public columns`);
      continue;
    }
    const paths = (comparison?.paths ?? []).filter((path) => isInputOf(law.spec, model, path));
    const path = await firstThatDiffers(paths, plan.base, headSha, contents);
    if (path !== undefined) throw moved(`by it ${name} has to be trained, as the pull request changes ${path}`);
  }
}
