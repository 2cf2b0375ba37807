import { codeSpan, escapeInline } from "../../markdown/escape.ts";
import { breakGlassCaution } from "../break-glass-caution.ts";
import type { ReleaseFacts } from "../release-facts.ts";
import { cardMetadata } from "./card-metadata.ts";
import { approvalDetails, dataChecks, verdictDetails } from "./decision-details.ts";
import { evaluationDetails } from "./evaluation-details.ts";
import { modelDetails } from "./model-details.ts";
import { type StatementKey, type Statements, statementTitles } from "./statements.ts";
import { trainingDetails } from "./training-details.ts";

/**
 * The model card of a release: Markdown with Hugging Face's front matter. What was measured stands first; what people state
 * comes last and apart, so that nothing in it can look like a fact of ours.
 */
export function modelCard(facts: ReleaseFacts): string {
  const { evidence, version, statements, breakGlass, stage = "a stage" } = facts;
  const blocks = [
    `# ${escapeInline(evidence.model)} ${escapeInline(version)}`,
    ...(breakGlass ? [breakGlassCaution(breakGlass, stage)] : []),
    "Assay wrote this card from the sealed evidence of the model. Everything up to [Statements by the team](#statements-by-the-team) was measured or recorded by machines; what stands there was written by people, and Assay did not check it.",
    "## Model details",
    modelDetails(facts),
    "## Training details",
    ...trainingDetails(facts),
    "## Evaluation",
    ...evaluationDetails(facts),
    "## Checks of the data",
    dataChecks(facts),
    "## Decision",
    ...verdictDetails(facts),
    "### Approvals",
    approvalDetails(facts),
    "## Statements by the team",
    `${isSilent(statements) ? "Nothing is stated in a" : "From the team's own"} ${codeSpan(statements.path)} at commit ${codeSpan(facts.commit)}.`,
    ...statementBlocks(statements),
  ];
  return `${cardMetadata(facts)}\n${blocks.join("\n\n")}\n`;
}

function isSilent({ stated, more }: Statements): boolean {
  return Object.keys(stated).length === 0 && more.length === 0;
}

function statementBlocks({ stated, more }: Statements): string[] {
  const titles = Object.entries(statementTitles) as [StatementKey, string][];
  return [
    ...titles.flatMap(([key, title]) => [`### ${title}`, stated[key] ?? "not provided"]),
    ...more.flatMap(({ title, text }) => [`### ${escapeInline(title)}`, text]),
  ];
}
