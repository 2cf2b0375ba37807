import { shortDigest } from "../../src/evidence/digest.ts";
import type { Phrase, PhrasePart } from "../../src/markdown/phrase.ts";
import { shortSha } from "../../src/report/format.ts";
import type { ModelReport, Report } from "../../src/report/report.ts";
import { didYouMean } from "../../src/spec/did-you-mean.ts";
import { mayAtLeast } from "../../src/trust/owners.ts";
import type { CommandFacts } from "./facts.ts";
import { askAgain, type Outcome, refuse } from "./outcome.ts";

/** Each says why the command is not followed, and undefined when nothing speaks against it. */
type Guard = Outcome | undefined;

export function needsOpen({ pullRequest }: CommandFacts): Guard {
  return pullRequest.state === "open" ? undefined : refuse("The pull request is closed: nothing is decided about it any more.");
}

export function needsUnedited({ edited }: CommandFacts): Guard {
  return edited
    ? refuse("The comment was edited after it was written, and nobody can tell by whom: write the command in a new comment.")
    : undefined;
}

export function needsWrite({ actor }: CommandFacts): Guard {
  if (mayAtLeast(actor.permission, "write")) return undefined;
  return refuse([{ code: `@${actor.login}` }, " has no write permission here: ask somebody who has, or a model owner."]);
}

/** An owner of the model by the base branch's word. */
export function needsOwner(model: string, { actor, law }: CommandFacts): Guard {
  if (actor.owns(model)) return undefined;
  const owners = law?.models.get(model)?.owners ?? [];
  const whose: PhrasePart[] = owners.length === 0 ? ["who may maintain the repository"] : codes(owners);
  return refuse([
    { code: `@${actor.login}` },
    " is no owner of ",
    { code: model },
    ", as the base branch says: it is decided by ",
    ...whose,
    ...unreadable(among(actor.unreadableTeams, owners)),
    ".",
  ]);
}

/** An owner of any model, or whoever may maintain the repository. */
export function needsAnyOwner({ actor, law }: CommandFacts): Guard {
  const models = [...(law?.models.keys() ?? [])];
  if (mayAtLeast(actor.permission, "maintain") || models.some((model) => actor.owns(model))) return undefined;
  return refuse([
    { code: `@${actor.login}` },
    " owns no model of the base branch and may not maintain the repository: ask somebody who does",
    ...unreadable(actor.unreadableTeams),
    ".",
  ]);
}

function among(teams: readonly string[], owners: readonly string[]): string[] {
  return teams.filter((team) => owners.includes(team));
}

function unreadable(teams: readonly string[]): PhrasePart[] {
  if (teams.length === 0) return [];
  const whose = teams.length === 1 ? "that team" : "those teams";
  return [`. The app may not read who is in `, ...codes(teams), `: give it Members: read, or name people of ${whose} as owners`];
}

/** Nobody vouches for their own change. */
export function needsAnother({ actor, pullRequest }: CommandFacts, what: string): Guard {
  if (actor.login.toLowerCase() !== pullRequest.author.toLowerCase()) return undefined;
  return refuse([
    { code: `@${actor.login}` },
    ` wrote this pull request: another owner has to ${what}, also where there is only one.`,
  ]);
}

/** What was shown is what there is: a push in between means that nobody has looked at it. */
export function needsShownHead({ pullRequest, shownSha }: CommandFacts): Guard {
  const { sha } = pullRequest.head;
  if (shownSha === sha) return undefined;
  if (shownSha === undefined)
    return refuse(["Nothing was shown of ", { code: shortSha(sha) }, " yet: wait for the report, then write it again."]);
  return refuse([
    "Shown was ",
    { code: shortSha(shownSha) },
    ", and the head is ",
    { code: shortSha(sha) },
    " now: look at that one, then write it again.",
  ]);
}

/** Trained again the same head has another result, which nobody has looked at before it was shown. */
export function needsShownResult(model: string, { shownResults }: CommandFacts, digest?: string): Guard {
  const shown = shownResults.get(model);
  if (shown === undefined)
    return refuse(["No result of ", { code: model }, " was shown yet: wait for the report, then write it again."]);
  if (digest === undefined || shown === digest) return undefined;
  return refuse([
    "Shown was result ",
    { code: shortDigest(shown) },
    " of ",
    { code: model },
    ", and it is ",
    { code: shortDigest(digest) },
    " now: look at that one, then write it again.",
  ]);
}

export function isFork({ pullRequest: { head, base } }: CommandFacts): boolean {
  return head.repositoryId !== base.repositoryId;
}

/** Of a fork's head: it was allowed, and was no other since. */
export function isAllowed({ pullRequest, decisions, forcePush }: CommandFacts): boolean {
  const { sha } = pullRequest.head;
  return decisions.some(
    (decision) => decision.schema === "assay.allowance/v1" && decision.headSha === sha && decision.forcePush === forcePush,
  );
}

/** The report, where it is about the current head. */
export function currentReport({ report, pullRequest }: CommandFacts): Report | undefined {
  return report?.headSha === pullRequest.head.sha ? report : undefined;
}

export function modelOf(name: string, commandFacts: CommandFacts): ModelReport | undefined {
  return currentReport(commandFacts)?.models.find((model) => model.name === name);
}

/** Undefined also while nothing is known of any model. */
export function needsKnownModel(name: string, commandFacts: CommandFacts): Guard {
  const known = modelNames(commandFacts);
  if (known.length === 0 || known.includes(name)) return undefined;
  const meant = didYouMean(name, known);
  const hint: Phrase = meant === undefined ? ["The models are ", ...codes(known), "."] : ["Did you mean ", { code: meant }, "?"];
  return askAgain(["There is no model ", { code: name }, ". ", ...hint]);
}

function modelNames(commandFacts: CommandFacts): string[] {
  const reported = currentReport(commandFacts)?.models.map(({ name }) => name) ?? [];
  return [...new Set([...reported, ...(commandFacts.law?.models.keys() ?? [])])];
}

const maxNamed = 10;

export function codes(names: readonly string[]): PhrasePart[] {
  const shown = names.slice(0, maxNamed).flatMap((name, index): PhrasePart[] => [index === 0 ? "" : ", ", { code: name }]);
  return names.length > maxNamed ? [...shown, ` and ${names.length - maxNamed} more`] : shown;
}
