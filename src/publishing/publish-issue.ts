import { setTimeout as sleep } from "node:timers/promises";
import { GitHubError } from "../errors/errors.ts";
import type { GitHub } from "../github/github.ts";
import type { Issue, Label } from "../github/issues.ts";
import { isLostAnswer } from "../github/lost-answer.ts";
import type { Effect } from "./effects.ts";
import { firstLine, sameBody } from "./same-body.ts";

/** What GitHub takes, in characters. */
const maxCharacters = 65_536;
/** GitHub's lists can lag behind what it stored: how long to wait before each look for an issue whose answer was lost. */
const looks = [1_000, 2_000, 4_000];

/** An issue as decided: found again by marker, label and author. */
export interface PlannedIssue {
  /** First line of the body, an HTML comment. */
  marker: string;
  label: Label;
  /** Of a new one: people may call it something else. */
  title: string;
  body: string;
  state: Issue["state"];
}

export interface PublishedIssue {
  effect: Effect;
  issue: Issue;
  /** GitHub has what was planned: nobody else wrote it at the same time. */
  isAsPlanned: boolean;
  /** What a person should know. */
  notes: readonly string[];
}

/** Open ones before closed ones; of those that are open the oldest is kept, of the closed ones the one that was closed last. */
export async function findOwnIssues(
  { issues, comments }: GitHub,
  { marker, label }: Pick<PlannedIssue, "marker" | "label">,
): Promise<readonly Issue[]> {
  const viewer = await comments.viewer();
  const all = await issues.listLabelled(label.name);
  return inOrder(all.filter((issue) => issue.author.id === viewer.id && firstLine(issue.body) === marker));
}

/**
 * Makes the repository have exactly this issue: `ours`, as `findOwnIssues` found them, are updated, closed and opened again rather
 * than joined by another. What is as planned is not written. Of several that are open all but the oldest are closed as duplicates,
 * also where two jobs created them at the same moment.
 *
 * @throws GitHubError when GitHub refuses, or does not have the issue after it said so
 */
export async function publishIssue(github: GitHub, planned: PlannedIssue, ours: readonly Issue[]): Promise<PublishedIssue> {
  checkPlanned(planned);
  const [kept] = ours;
  if (kept === undefined) return create(github, planned);
  const notes = await closeDuplicates(github, ours, kept);
  if (kept.state === planned.state && sameBody(kept.body, planned.body))
    return { effect: "unchanged", issue: kept, isAsPlanned: true, notes };
  const { number } = await github.issues.update(kept.number, { body: planned.body, state: planned.state });
  return readBack(github, "updated", number, planned, notes);
}

async function create(github: GitHub, planned: PlannedIssue): Promise<PublishedIssue> {
  await github.issues.ensureLabel(planned.label);
  const created = await createOnce(github, planned);
  // Two jobs can create at the same moment: the oldest is the one that later runs will find.
  const others = (await findOwnIssues(github, planned)).filter(({ number }) => number !== created.number);
  const ours = inOrder([created, ...others]);
  const [kept = created] = ours;
  const notes = await closeDuplicates(github, ours, kept);
  if (kept.number === created.number) return readBack(github, "created", created.number, planned, notes);
  return { effect: "left-alone", issue: kept, isAsPlanned: false, notes };
}

async function createOnce(github: GitHub, planned: PlannedIssue): Promise<Issue> {
  const { title, body, label } = planned;
  const request = { title, body, labels: [label.name] };
  try {
    return await github.issues.create(request);
  } catch (error) {
    if (!isLostAnswer(error)) throw error;
    for (const milliseconds of looks) {
      await sleep(milliseconds);
      const [stored] = await findOwnIssues(github, planned);
      if (stored !== undefined) return stored;
    }
    return github.issues.create(request);
  }
}

async function closeDuplicates({ issues }: GitHub, ours: readonly Issue[], kept: Issue): Promise<readonly string[]> {
  const duplicates = ours.filter(({ number, state }) => number !== kept.number && state === "open");
  for (const { number } of duplicates) await issues.update(number, { state: "closed", reason: "duplicate" });
  return duplicates.map(({ url }) => `${url} was closed: it doubles ${kept.url}.`);
}

async function readBack(
  { issues }: GitHub,
  effect: Effect,
  number: number,
  planned: PlannedIssue,
  notes: readonly string[],
): Promise<PublishedIssue> {
  const issue = await issues.get(number);
  if (issue === undefined) throw new GitHubError(`Issue #${number} was sent, but GitHub does not have it. Run this job again.`);
  const isAsPlanned = issue.state === planned.state && sameBody(issue.body, planned.body);
  const other = isAsPlanned ? [] : [`Somebody else wrote ${issue.url} at the same time.`];
  return { effect, issue, isAsPlanned, notes: [...notes, ...other] };
}

function inOrder(issues: readonly Issue[]): readonly Issue[] {
  const open = issues.filter(({ state }) => state === "open").toSorted((a, b) => a.number - b.number);
  const closed = issues.filter(({ state }) => state === "closed");
  const lastClosed = (a: Issue, b: Issue) => (b.closedAt ?? "").localeCompare(a.closedAt ?? "") || a.number - b.number;
  return [...open, ...closed.toSorted(lastClosed)];
}

function checkPlanned({ marker, body, title }: PlannedIssue): void {
  if (firstLine(body) !== marker) throw new Error(`The first line of the issue ${title} is not its marker ${marker}.`);
  if (body.length > maxCharacters) {
    throw new Error(`The issue ${title} has ${body.length} characters; GitHub takes ${maxCharacters}.`);
  }
}
