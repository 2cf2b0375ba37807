import { UsageError } from "../errors/errors.ts";
import { canonicalJson } from "../evidence/digest.ts";
import type { Comparison, Contents } from "../github/contents.ts";
import { isInputOf } from "../plan/may-touch.ts";
import type { Plan } from "../plan/plan.ts";
import { trainingInputs } from "../plan/training-inputs.ts";
import type { Law, Spec } from "../spec/spec.ts";

export interface ChangeFacts {
  law: Law | null;
  /** Null when it cannot be read: then nothing can be held against it. */
  headSpec: Spec | null;
  comparison: Comparison | undefined;
  headSha: string;
}

/** Files that are looked at to find one that differs. */
const maxFiles = 20;

/**
 * Holds what a plan says of its models against what GitHub says of the change: nobody judges a model that a plan leaves out, or calls
 * unchanged.
 * @throws UsageError saying what does not agree
 */
export async function checkPlannedModels(
  plan: Plan,
  { law, headSpec, comparison, headSha }: ChangeFacts,
  contents: Pick<Contents, "peek">,
): Promise<void> {
  if (headSpec === null) return;
  const planned = plan.models.map(({ model }) => model);
  const twice = planned.find((name, place) => planned.indexOf(name) !== place);
  if (twice !== undefined) throw wrong(`has the model ${twice} twice`);
  const unknown = planned.find((name) => !headSpec.models.has(name));
  if (unknown !== undefined) throw wrong(`has a model ${unknown}, which ${headSpec.path} does not have`);
  const missing = [...headSpec.models.keys()].find((name) => !planned.includes(name));
  if (missing !== undefined) throw wrong(`leaves out the model ${missing}, which ${headSpec.path} has`);
  for (const { model: name, evaluate } of plan.models) {
    const [model, before] = [headSpec.models.get(name), law?.spec.models.get(name)];
    if (evaluate || model === undefined) continue;
    const saysUnchanged = `says that nothing of ${name} changed, but the pull request changes`;
    if (before && canonicalJson([...inputsOf(before)]) !== canonicalJson([...inputsOf(model)]))
      throw wrong(`${saysUnchanged} how ${headSpec.path} has it trained`);
    const paths = (comparison?.paths ?? []).filter((path) => isInputOf(headSpec, model, path));
    const path = await firstThatDiffers(paths, plan.base, headSha, contents);
    if (path !== undefined) throw wrong(`${saysUnchanged} ${path}`);
  }
}

/** What a branch changed may be so on its base by now. */
export async function firstThatDiffers(
  paths: readonly string[],
  base: string | null,
  headSha: string,
  contents: Pick<Contents, "peek">,
): Promise<string | undefined> {
  for (const path of paths.slice(0, maxFiles)) {
    const [before, now] = await Promise.all([
      base === null ? undefined : contents.peek(path, base),
      contents.peek(path, headSha),
    ]);
    if (before?.blobSha !== now?.blobSha) return path;
  }
  // What was not looked at counts as different.
  return paths[maxFiles];
}

function inputsOf(model: Parameters<typeof trainingInputs>[0]) {
  return trainingInputs(model).map((input) => ({ ...input }));
}

function wrong(what: string): UsageError {
  return new UsageError(`The plan ${what}. Pass on the plan of this run unchanged.`);
}
