import { lawFromGitHub } from "../../src/flows/read-law.ts";
import { renderCheck } from "../../src/report/check.ts";
import { renderNoticeCheck } from "../../src/report/notice.ts";
import type { Subject } from "../subject.ts";
import { assess } from "./assess.ts";
import { rankRuns } from "./choose-run.ts";
import { type Context, connect } from "./context.ts";
import { firstSeen, recallMemory, rememberMemory } from "./memory.ts";
import { show } from "./show.ts";

type MergeGroup = Extract<Subject, { kind: "merge-group" }>;

/** A merge queue waits for the check on the commit that it made; there is nobody to comment to. */
export async function reconcileMergeGroup(context: Context, subject: MergeGroup, signal: AbortSignal): Promise<void> {
  const { repository, headSha, baseSha } = subject;
  const github = await connect(context, repository, signal);
  const law = await lawFromGitHub(github, baseSha, undefined);
  if (law?.spec.writer !== "app") return;
  const memory = await recallMemory(context.store, subject);
  const since = firstSeen(memory, headSha, context.now());
  const assessment = await assess({
    ...context,
    github,
    repositoryId: repository.id,
    change: { queueSha: headSha },
    candidates: rankRuns(await github.runs.ofCommit(headSha), [], { event: "merge_group", isFork: false }),
    comparison: await github.contents.compare(baseSha, headSha),
    law,
    since,
    now: context.now(),
  });
  const report = assessment.kind === "judged" ? assessment.judgement({}) : undefined;
  const check = assessment.kind === "judged" ? renderCheck(assessment.judgement({})) : renderNoticeCheck(assessment.notice);
  await show(context, github, memory, () => rememberMemory(context.store, subject, memory), {
    headSha,
    of: "queue",
    check,
    detailsUrl: report?.links.page ?? report?.links.run,
    comment: undefined,
    hasVerdict: report !== undefined,
  });
  await rememberMemory(context.store, subject, memory);
}
