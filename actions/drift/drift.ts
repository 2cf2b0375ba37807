import { join } from "node:path";
import { isTogetherDrifted } from "../../src/drift/together.ts";
import { exitCodes, UsageError } from "../../src/errors/errors.ts";
import { hasDrifted } from "../../src/evidence/data-evidence.ts";
import { type Digest, digestOf, shortDigest } from "../../src/evidence/digest.ts";
import type { Files } from "../../src/files/files.ts";
import { type ComparedLiveData, compareLiveData } from "../../src/flows/compare-live-data.ts";
import { exceedsLimits } from "../../src/flows/exceeds-limits.ts";
import { watchDrift } from "../../src/flows/watch-drift.ts";
import { escapeInline, visible } from "../../src/markdown/escape.ts";
import { isModelJudged } from "../../src/monitoring/worse-windows.ts";
import { driftReport, driftTitle, type WatchedDrift } from "../../src/report/drift-issue.ts";
import { plural } from "../../src/report/format.ts";
import { monitoredSummary } from "../../src/report/monitored.ts";
import { uploadPage } from "../runtime/artifact-job-files.ts";
import { type Event, readEvent } from "../runtime/event.ts";
import { createMachine, createTableMachine } from "../runtime/machine.ts";
import { noJobFiles } from "../runtime/no-job-files.ts";
import { connect, lazyRecords } from "../runtime/records.ts";
import * as step from "../runtime/step.ts";
import { writeSummary } from "../runtime/write-summary.ts";
import type { DriftInputs } from "./inputs.ts";

/** Of an output: there is room for them, however long they are. */
const maxNames = 300;

/** Compares live data with its reference, shows what drifted, and keeps the issue about it. */
export async function drift(inputs: DriftInputs): Promise<void> {
  const event = readEvent();
  const { watched, reference, files } = await compare(inputs, event);
  const isOver = exceedsLimits(watched);
  const drifted = watched.result.columns.filter(hasDrifted).map(({ name }) => name);
  const page = await keepPage(watched, event, files, isOver);
  await writeSummary(summaryOf(watched, page));
  step.setOutput("drifted", String(isOver));
  step.setOutput("columns", JSON.stringify(drifted.slice(0, maxNames)));
  step.setOutput("page", page ?? "");
  step.setOutput("issue", (await keepIssue(inputs, event, watched, reference)) ?? "");
  const isJudged = watched.monitored === undefined || isModelJudged(watched.monitored);
  if (!isOver && isJudged) return;
  const message = `${foundIn(watched)}. The job summary shows ${isOver ? "how far" : "what was looked at"}.`;
  if (!inputs.failOnDrift) return step.warning(message);
  step.setFailed(message);
  process.exitCode = isOver ? exitCodes.gateFailed : exitCodes.inconclusive;
}

/** One line for the log. */
function foundIn({ result, current, together, monitored }: WatchedDrift): string {
  const drifted = result.columns.filter(hasDrifted).map(({ name }) => JSON.stringify(visible(name, 100)));
  const more = drifted.length > 5 ? ` and ${drifted.length - 5} more` : "";
  const columns =
    drifted.length === 0
      ? `No column of ${current} drifted by itself`
      : `${plural(drifted.length, "column")} of ${current} drifted: ${drifted.slice(0, 5).join(", ")}${more}`;
  const inUse = monitored === undefined ? [] : [`the model is ${visible(monitoredSummary(monitored), 500)}`];
  return [columns, ...(isTogetherDrifted(together) ? ["all columns together drifted"] : []), ...inUse].join("; ");
}

async function compare(inputs: DriftInputs, event: Event): Promise<ComparedLiveData & { files: Files }> {
  const { token } = inputs;
  const tables = createTableMachine();
  const compared = await compareLiveData(inputs, {
    tables,
    async ofModel() {
      const contents = async () => (await connect(event, tokenFor(token, "the ledger is read"))).contents;
      return { machine: await createMachine(() => noJobFiles, token), records: lazyRecords(event, token), contents };
    },
  });
  return { ...compared, files: tables.files };
}

async function keepPage(watched: WatchedDrift, event: Event, files: Files, isOver: boolean): Promise<string | undefined> {
  const { renderDriftPage } = await import("../../src/report/page/drift-page.ts");
  const { reference, current, result, name, together, monitored } = watched;
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40);
  const file = join(await files.makeTemporaryFolder("assay-page-"), `assay-drift-${slug}-${shortDigest(digestOf(name), 6)}.html`);
  await files.write(file, renderDriftPage({ reference, current, result, passes: !isOver, together, monitored }));
  return uploadPage(event, file);
}

function summaryOf(watched: WatchedDrift, page: string | undefined): string {
  const link = page === undefined ? [] : [`[Every column, both sides drawn](${page})`];
  return `${[`### ${escapeInline(driftTitle(watched.name))}`, ...driftReport(watched), ...link].join("\n\n")}\n`;
}

/** @returns the issue's address */
async function keepIssue(
  inputs: DriftInputs,
  event: Event,
  watched: WatchedDrift,
  reference: Digest,
): Promise<string | undefined> {
  if (!inputs.issue) return undefined;
  if (!event.ofDefaultBranch) {
    step.info("The issue about drift is kept on the default branch only.");
    return undefined;
  }
  const github = await connect(event, tokenFor(inputs.token, "the issue about drift is kept"));
  const { issue, notes } = await watchDrift(
    {
      watched,
      reference,
      run: { id: event.runId, urlOf: (id) => `${event.serverUrl}/${event.repository}/actions/runs/${id}` },
      retraining: inputs.retraining && { ...inputs.retraining, ref: event.ref.replace("refs/heads/", "") },
    },
    github,
  );
  for (const note of notes) step.info(note);
  return issue;
}

function tokenFor(token: string | undefined, why: string): string {
  if (token) return token;
  throw new UsageError(`Input \`github-token\` is empty, and ${why} with it.`);
}
