import { parse } from "yaml";
import * as z from "zod/mini";
import type { Evidence } from "../../evidence/evidence.ts";
import { codeSpan, escapeInline, visible } from "../../markdown/escape.ts";
import { phraseToMarkdown } from "../../markdown/phrase.ts";
import { breakGlassCaution } from "../break-glass-caution.ts";
import { overrideLabel, overrideRow } from "../card/model-details.ts";
import { currentEvaluation } from "../release-facts.ts";
import type { ReleaseRecord } from "../release-record.ts";
import { firstWrong } from "./first-wrong.ts";

const indexSchema = z.object({
  "model-index": z
    .array(
      z.object({
        results: z.array(
          z.object({
            dataset: z.object({ config: z.optional(z.unknown()) }),
            metrics: z.array(z.object({ type: z.string(), value: z.number() })),
          }),
        ),
      }),
    )
    .check(z.length(1)),
});

const cautionStart = "> [!CAUTION]";

/** As the card shows code in its tables. */
const maxCode = 120;

/** Whether the model card is of this version, model and decision; what people state in it is theirs. @returns what is wrong first */
export function checkCard(markdown: string, record: ReleaseRecord, evidence: Evidence): string | undefined {
  const [, front = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(markdown) ?? [];
  const [facts = "", ...statements] = body.split("\n## Statements by the team\n");
  if (statements.length === 0) return "MODEL_CARD.md is not a card as Assay writes it.";
  const rows = facts
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map(cellsOf);
  const row = (label: string, value: string) => () => {
    const [here = "none"] = rows.filter(([first]) => first === label).map(([, second = ""]) => second);
    return here.includes(codeSpan(value, maxCode))
      ? undefined
      : `MODEL_CARD.md has ${label.toLowerCase()} ${visible(here, 100)}, release.json has ${visible(value, 100)}.`;
  };
  const approvals = (facts.split("\n### Approvals\n")[1] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map(cellsOf);
  const wanted = record.approvals.map(({ by, at, headSha }) => [by, at, headSha].map((value) => codeSpan(value)).join(" "));
  return firstWrong([
    () => {
      const title = `# ${escapeInline(record.model)} ${escapeInline(record.version)}`;
      const [here = "none"] = facts.split("\n").filter((line) => line.startsWith("# "));
      return here === title
        ? undefined
        : `MODEL_CARD.md is of ${visible(here.replace(/^# /, ""))}, release.json of ${record.model} ${record.version}.`;
    },
    () => {
      const caution = record.breakGlass && breakGlassCaution(record.breakGlass, record.stage ?? "a stage");
      const here = facts.split("\n\n").filter((block) => block.startsWith(cautionStart));
      return here.join("\n\n") === (caution ?? "") ? undefined : "MODEL_CARD.md has another break-glass than release.json.";
    },
    row("Model", record.model),
    row("Version", record.version),
    row("Model digest", record.modelDigest),
    row("Result digest", record.resultDigest),
    row("Input hash", record.inputHash),
    row("Tagged commit", record.tag.commit),
    () => {
      const here = facts.split("\n").find((line) => line.startsWith(`| ${overrideLabel} `)) ?? "";
      const there = record.formatOverride ? phraseToMarkdown(overrideRow(record.formatOverride)[1]) : "";
      const isSame = there === "" ? here === "" : here.includes(`| ${there} `);
      return isSame ? undefined : "MODEL_CARD.md has another override of the model's format than release.json.";
    },
    () => {
      const here = approvals.map((cells) => cells.slice(0, 3).join(" "));
      return here.join() === wanted.join() ? undefined : "MODEL_CARD.md has other approvals than release.json.";
    },
    () => checkIndex(front, evidence),
  ]);
}

function checkIndex(front: string, evidence: Evidence): string | undefined {
  const parsed = indexSchema.safeParse(parseYaml(front));
  if (!parsed.success) return "What MODEL_CARD.md has between its lines --- is not a card's front matter.";
  const [{ results } = { results: [] }] = parsed.data["model-index"];
  const here = results.filter(({ dataset }) => dataset.config === undefined).flatMap(({ metrics }) => metrics);
  const there = (currentEvaluation(evidence)?.candidate?.metrics ?? []).flatMap(({ metric, value }) =>
    value === null ? [] : [{ type: metric, value }],
  );
  const other = there.find(({ type, value }, index) => here[index]?.type !== type || here[index]?.value !== value);
  if (other) return `MODEL_CARD.md does not have ${other.type} as ${other.value}, which evidence.json has.`;
  return here.length === there.length ? undefined : "MODEL_CARD.md has metrics that evidence.json does not have.";
}

function cellsOf(line: string): readonly string[] {
  return line.replace(/^\|\s*|\s*\|$/g, "").split(/\s*\|\s*/);
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
