import type { Evidence } from "../../evidence/evidence.ts";
import { visible } from "../../markdown/escape.ts";
import { modelCard } from "../card/model-card.ts";
import { type Metadata, noStatements, readMetadata } from "../card/statements.ts";
import { mlBom } from "../ml-bom.ts";
import type { ReleaseFacts } from "../release-facts.ts";
import { papersEdition, type ReleaseRecord } from "../release-record.ts";

/** The papers as they are in the folder. */
export interface Papers {
  card: string;
  bom: string;
}

/** Whether what the papers say can be held against what this Assay writes of the same facts. */
export function canRender(record: ReleaseRecord): record is ReleaseRecord & { serverUrl: string } {
  return record.papers === papersEdition && record.serverUrl !== undefined;
}

/**
 * Whether model card and ML-BOM are, word for word, what is written of evidence.json and release.json. Left out is what neither of
 * them has: what people state, and of the decision all but its outcome.
 * @returns what is wrong first
 */
export function checkRendered({ card, bom }: Papers, record: ReleaseRecord, evidence: Evidence): string | undefined {
  if (!canRender(record)) return undefined;
  const facts = factsOf(record, evidence, metadataOf(card));
  return (
    firstDifference("MODEL_CARD.md", factsOfCard(card), factsOfCard(modelCard(facts))) ??
    firstDifference("ml-bom.cdx.json", factsOfBom(bom), factsOfBom(mlBom(facts)))
  );
}

function factsOf(record: ReleaseRecord & { serverUrl: string }, evidence: Evidence, metadata: Metadata): ReleaseFacts {
  const { model, version, stage, tag, verdict, trust, follows, approvals, pullRequest, formatOverride, breakGlass } = record;
  return {
    ...{ serverUrl: record.serverUrl, repository: record.repository, version, stage, commit: tag.commit, evidence, trust },
    verdict: { model, outcome: verdict, gates: [], reasons: [] },
    approvals: approvals.map((approval) => ({ ...approval, pullRequest })),
    predecessor: follows === undefined ? undefined : { version: follows },
    ...{ formatOverride, breakGlass },
    statements: { ...noStatements, metadata },
  };
}

/** License, language and their like are the team's own: what the card has of them counts for the ML-BOM too. */
function metadataOf(card: string): Metadata {
  const [, front = ""] = /^---\n([\s\S]*?)\n---\n/.exec(card) ?? [];
  return readMetadata(front, "MODEL_CARD.md");
}

/** Gates, reasons and waivers, as rows and points. */
const gates =
  /(\n## Decision\n\nThe rules in force decided: \*\*\w+\*\*\.\n)(?:(?:[-|].*|There were no gates\.|And \d+ more gates: .*|)\n)*?(\n### Approvals\n)/;

/** Up to what the team states. */
function factsOfCard(card: string): string {
  const [facts = ""] = card.split("\n## Statements by the team\n", 1);
  return facts.replace(gates, "$1$2");
}

/** Without what the team states. */
function factsOfBom(json: string): string {
  const { metadata, ...bom } = JSON.parse(json);
  const { considerations: _, ...modelCard } = metadata.component.modelCard;
  return JSON.stringify({ ...bom, metadata: { ...metadata, component: { ...metadata.component, modelCard } } }, null, 2);
}

function firstDifference(name: string, here: string, there: string): string | undefined {
  if (here === there) return undefined;
  const [lines, wanted] = [here.split("\n"), there.split("\n")];
  const index = lines.findIndex((line, at) => line !== wanted[at]);
  const [line = "", other = ""] = index < 0 ? [] : [lines[index], wanted[index]];
  const start = Math.max(0, [...line].findIndex((character, at) => character !== other[at]) - 20);
  const shown = (text: string) => JSON.stringify(visible(text.slice(start), 80));
  return `${name} says ${shown(line)}, where evidence.json and release.json make it ${shown(index < 0 ? (wanted[lines.length] ?? "") : other)}.`;
}
