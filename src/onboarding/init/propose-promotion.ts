import { join } from "node:path";
import { ConfigError } from "../../errors/errors.ts";
import { parseSpec } from "../../spec/parse-spec.ts";
import type { Spec } from "../../spec/spec.ts";
import { promoteWorkflow, promoteWorkflowPath } from "./promote-workflow.ts";
import { pinStep, type Setup, type SetupRequest } from "./set-up.ts";
import { pinOf } from "./texts.ts";

/** The workflow that ships versions, for a repository that has its `assay.yml` already. Writes nothing. */
export async function proposePromotion({ git, files, commit }: Pick<SetupRequest, "git" | "files" | "commit">): Promise<Setup> {
  const spec = await readSpec(git.root, files);
  const pin = pinOf(commit);
  return {
    files: new Map([[promoteWorkflowPath, promoteWorkflow(pin)]]),
    models: [...(spec?.models.keys() ?? [])],
    ...{ guesses: [], open: [], notes: [] },
    next: [
      ...(spec && [...spec.models.values()].some(({ promote }) => promote !== undefined)
        ? []
        : ["Say in assay.yml through which stages a model goes: `promote: {stages: [staging, production]}` under the model."]),
      ...pinStep(pin.commit, promoteWorkflowPath, "assay init --promote --force"),
      "Settings → Rules → Rulesets: a tag ruleset for `**@v*` that lets only those create tags who may release, and nobody update or delete them.",
      "Commit the file and merge it to the default branch. Then tag what is there: `git tag -a <model>@v1.0.0 -m why`, and push the tag.",
    ],
  };
}

/** Undefined also where it is not valid, which other commands tell. */
async function readSpec(root: string, files: SetupRequest["files"]): Promise<Spec | undefined> {
  for (const path of ["assay.yml", ".github/assay.yml"]) {
    const text = await files.readText(join(root, path));
    if (text === undefined) continue;
    try {
      return parseSpec(text, path);
    } catch (error) {
      if (error instanceof ConfigError) return undefined;
      throw error;
    }
  }
  return undefined;
}
