import type { Phrase, PhrasePart } from "../../src/markdown/phrase.ts";
import { blockers } from "../../src/report/blockers.ts";
import { partsOf } from "../../src/report/gate-row.ts";
import { describeStatus, unverifiedPhrase } from "../../src/report/model-status.ts";
import type { ModelReport, Report } from "../../src/report/report.ts";
import { expectModel } from "./arguments.ts";
import type { CommandDefinition } from "./command.ts";
import { currentReport, modelOf, needsKnownModel } from "./guards.ts";
import { accept } from "./outcome.ts";
import { expectWords } from "./words.ts";

const maxReasons = 3;

export const explain: CommandDefinition<"explain"> = {
  usage: "/assay explain <model>",
  summary: "Says why a model was trained, and what stands in its way. Anybody.",
  parse: (words) => {
    const [model = ""] = words.positional;
    return expectWords(words, { positional: ["model"] }) ?? expectModel(model) ?? { name: "explain", model };
  },
  print: ({ model }) => `/assay explain ${model}`,
  decide: ({ model: name }, facts) => {
    const unknown = needsKnownModel(name, facts);
    if (unknown) return unknown;
    const [report, model] = [currentReport(facts), modelOf(name, facts)];
    if (report === undefined || model === undefined)
      return accept(["Nothing is known of ", { code: name }, " on this head yet: its run has not reported."]);
    return accept(explainModel(report, model));
  },
};

function explainModel(report: Report, model: ModelReport): Phrase {
  if (model.state.kind === "unverified") return [{ code: model.name }, ": ", ...partsOf(unverifiedPhrase(model.state.message))];
  const { decision, because } = model.plan.candidate;
  const why = because.slice(0, maxReasons).join("; ") || "nothing that it is made of has changed";
  const more = because.length > maxReasons ? `; and ${because.length - maxReasons} more` : "";
  const did =
    decision === "train" ? "it is trained because" : decision === "reuse" ? "an earlier run serves:" : "it is not trained:";
  const own = blockers(report).filter((blocker) => blocker.model === model.name);
  const inTheWay = own
    .slice(0, maxReasons)
    .flatMap(({ phrase }): PhrasePart[] => [" ", ...(typeof phrase === "string" ? [phrase] : phrase), "."]);
  const rest = own.length > maxReasons ? ` And ${own.length - maxReasons} more, which the report names.` : "";
  return [
    { code: model.name },
    `: ${did} ${why}${more}. It stands at: ${describeStatus(model, report.event)}.`,
    ...(own.length === 0 ? [" Nothing stands in its way."] : [" In its way:", ...inTheWay, rest]),
  ];
}
