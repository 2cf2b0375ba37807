import { assess } from "../../src/flows/assess-head.ts";
import type { Judgement } from "../../src/flows/judge-run.ts";
import { rankRuns } from "../../src/flows/rank-runs.ts";
import { lawFromGitHub } from "../../src/flows/read-law.ts";
import { show } from "../../src/flows/show-verdict.ts";
import { renderCheck } from "../../src/report/check.ts";
import { renderNoticeCheck } from "../../src/report/notice.ts";
import type { Report } from "../../src/report/report.ts";
import type { Subject } from "../subject.ts";
import { type Context, connect } from "./context.ts";
import { readDecisions } from "./decided.ts";
import { firstSeen, recallChecked, rememberMemory } from "./memory.ts";
import { artifactsLast, queuedKey, workflowKey } from "./remembered.ts";

type MergeGroup = Extract<Subject, { kind: "merge-group" }>;

/**
 * A merge queue waits for the check on the commit that it made; there is nobody to comment to. What was decided on the pull request
 * counts here as it does there: an approval for the same inputs and the same result, a waiver until its day.
 */
export async function reconcileMergeGroup(context: Context, subject: MergeGroup, signal: AbortSignal): Promise<void> {
  const { repository, headSha, baseSha, number } = subject;
  const github = await connect(context, repository, signal);
  const law = await lawFromGitHub(github, baseSha, undefined);
  if (law?.spec.writer !== "app") return;
  await context.store.remember(queuedKey(repository, headSha), subject, { days: artifactsLast });
  const memory = await recallChecked(context, subject);
  const { at } = firstSeen(memory, headSha, context.now(), false);
  const assessment = await assess({
    ...context,
    github,
    repositoryId: repository.id,
    change: { queueSha: headSha, baseSha },
    candidates: rankRuns(await github.runs.ofCommit(headSha), [], {
      event: "merge_group",
      isFork: false,
      workflow: await context.store.recall(workflowKey(repository)),
    }),
    comparison: await github.contents.compare(baseSha, headSha),
    law,
    since: new Date(at),
    now: context.now(),
  });
  const report = assessment.kind === "judged" ? await decided(assessment.judgement) : undefined;
  const check = assessment.kind === "notice" ? renderNoticeCheck(assessment.notice) : report && renderCheck(report);
  if (!check) return;
  await show(context, github, memory, () => rememberMemory(context.store, subject, memory), {
    headSha,
    of: "queue",
    check,
    detailsUrl: report?.links.page ?? report?.links.run,
    comment: undefined,
    results: undefined,
    mentions: [],
  });
  await rememberMemory(context.store, subject, memory);

  async function decided(judgement: Judgement): Promise<Report> {
    const bare = judgement({});
    if (bare.verdict === "pass" || number === undefined) return bare;
    const { decisions } = await readDecisions(context, github, repository, number);
    return judgement({ decisions, app: { commands: [], answers: [], askedOwners: [] } });
  }
}
