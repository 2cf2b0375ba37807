import { AssayError, GitHubError } from "../../errors/errors.ts";
import { type Digest, digestOf } from "../../evidence/digest.ts";
import { noRunLookup } from "../../plan/run-lookup.ts";
import { applyLaw } from "../../spec/law.ts";
import { measuredBy } from "../../spec/measured-by.ts";
import type { Model } from "../../spec/spec.ts";
import { planChange } from "../plan-change.ts";
import { readLaw } from "../read-law.ts";
import type { AskedEvaluation } from "./gather-results.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/** What determined the training, by the tagged tree itself, and how it is to be evaluated. */
export async function readAsked(
  { model, commit, rules }: { model: string; commit: string | undefined; rules: Model | undefined },
  { git, files }: Pick<PromotionMachine, "git" | "files">,
): Promise<{ hash: Digest; evaluation: AskedEvaluation | undefined } | { wrong: string }> {
  if (commit === undefined) return { wrong: "What the version was made of is not known without its tag." };
  const request = { git, files, lookup: noRunLookup, target: { commit }, base: null, event: "push", models: [model] } as const;
  try {
    const { models } = await planChange(request);
    const own = await readLaw(async (path) => (await git.read(commit, path))?.toString("utf8"), commit, undefined);
    const [planned, tagged] = [models[0], own?.spec.models.get(model)];
    if (!planned || !tagged) return { wrong: `The tagged tree's assay.yml has no model ${model}.` };
    const { inputHash, testSet, scoring } = planned.candidate;
    const terms = rules && applyLaw(rules, tagged);
    return {
      hash: inputHash,
      evaluation: terms && { testSet, scoring, measuredBy: digestOf(measuredBy(terms)), metrics: rules.evaluate.metrics },
    };
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return { wrong: `The tagged tree cannot be planned: ${error.message}` };
  }
}
