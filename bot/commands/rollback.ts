import { isVersion } from "../../src/registry/version.ts";
import { isStageName } from "../../src/spec/stage-name.ts";
import { expectModel, quoted } from "./arguments.ts";
import type { CommandDefinition } from "./command.ts";
import { codes, needsKnownModel, needsOwner } from "./guards.ts";
import { accept, askAgain, refuse } from "./outcome.ts";
import { expectWords } from "./words.ts";

export const rollback: CommandDefinition<"rollback"> = {
  usage: "/assay rollback <model> --to <version> [--stage <stage>]",
  summary:
    "Has the model's last stage, or that of `--stage`, go back to a version that it had, by the repository's own workflow that promotes. Also on a pull request that was merged. The model's owners.",
  parse: (words) => {
    const [model = ""] = words.positional;
    const to = words.options.get("to");
    const stage = words.options.get("stage");
    const wrong = expectWords(words, { positional: ["model"], options: ["to", "stage"] }) ?? expectModel(model);
    if (wrong !== undefined) return wrong;
    if (to === undefined) return "The version is missing: --to v1.1.0.";
    if (!isVersion(to) || to.length > maxVersion)
      return `${quoted(to)} is no version: write it as its tag has it, such as v1.1.0.`;
    if (stage !== undefined && !isStageName(stage)) return `${quoted(stage)} cannot be the name of a stage.`;
    return { name: "rollback", model, to, ...(stage !== undefined && { stage }) };
  },
  print: ({ model, to, stage }) => `/assay rollback ${model} --to ${to}${stage === undefined ? "" : ` --stage ${stage}`}`,
  decide: ({ model, to, stage: asked }, facts) => {
    const refusal = needsKnownModel(model, facts) ?? needsOwner(model, facts);
    if (refusal) return refusal;
    const stages = facts.law?.models.get(model)?.promote?.stages ?? [];
    const stage = asked ?? stages.at(-1);
    if (stage === undefined)
      return refuse([{ code: model }, " is not promoted: the base branch's assay.yml has no stage of it."]);
    if (!stages.includes(stage))
      return askAgain([{ code: stage }, " is no stage of ", { code: model }, ", which has ", ...codes(stages), "."]);
    return accept(["To have ", { code: stage }, " go back to ", { code: `${model} ${to}` }, ","], {
      rollback: { model, version: to, stage },
    });
  },
};

const maxVersion = 200;
