import * as core from "@actions/core";

/** Adds Markdown to the job's summary page; without a runner nothing is written. */
export async function writeSummary(markdown: string): Promise<void> {
  if (process.env["GITHUB_STEP_SUMMARY"]) await core.summary.addRaw(markdown, true).write();
}
