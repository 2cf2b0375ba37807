import type { PhrasePart } from "../../src/markdown/phrase.ts";
import { shortSha } from "../../src/report/format.ts";
import { headline } from "../../src/report/headline.ts";
import { describeStatus, statusIcons, statusOf, worstFirst } from "../../src/report/model-status.ts";
import type { CommandDefinition } from "./command.ts";
import { currentReport } from "./guards.ts";
import { accept } from "./outcome.ts";
import { expectWords } from "./words.ts";

const maxModels = 10;

export const status: CommandDefinition<"status"> = {
  usage: "/assay status",
  summary: "Says how the current head stands. Anybody.",
  parse: (words) => expectWords(words, { positional: [] }) ?? { name: "status" },
  print: () => "/assay status",
  decide: (_, facts) => {
    const report = currentReport(facts);
    const head: PhrasePart = { code: shortSha(facts.pullRequest.head.sha) };
    if (report === undefined) return accept(["Nothing is known of ", head, " yet: its run has not reported."]);
    const models = worstFirst(report.models);
    const rest = models.length - maxModels;
    return accept([
      head,
      `: ${headline(report).title}.`,
      ...models
        .slice(0, maxModels)
        .flatMap((model): PhrasePart[] => [
          ` ${statusIcons[statusOf(model)]} `,
          { code: model.name },
          `: ${describeStatus(model, report.event)}.`,
        ]),
      ...(rest > 0 ? [` And ${rest} more.`] : []),
    ]);
  },
};
