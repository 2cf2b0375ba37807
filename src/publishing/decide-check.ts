import type { CheckAction, CheckAnnotation, CheckContent } from "../github/checks.ts";

/** A check run of ours as GitHub has it. */
export interface StoredCheck {
  id: number;
  url?: string | undefined;
  conclusion: string | undefined;
  title: string | undefined;
  summary: string | undefined;
  text?: string | undefined;
  detailsUrl?: string | undefined;
  annotations: readonly CheckAnnotation[];
  /** Unknown where GitHub was asked: it does not say. They were written along with the rest. */
  actions: readonly CheckAction[] | "unknown";
}

export type CheckDecision =
  | { kind: "unchanged"; stored: StoredCheck }
  /** `annotations` are only those that GitHub lacks. */
  | { kind: "update"; id: number; content: CheckContent }
  | { kind: "create"; content: CheckContent };

/**
 * How to get from the stored check to the wanted one. GitHub only ever adds annotations, so a check with one that is no longer
 * wanted is replaced by a new check run of the same name, and so is a completed one that is to be in progress again.
 */
export function decideCheck(wanted: CheckContent, stored: StoredCheck | undefined): CheckDecision {
  if (stored === undefined) return { kind: "create", content: wanted };
  const stale = without(stored.annotations, wanted.annotations);
  const reopened = stored.conclusion !== undefined && wanted.conclusion === undefined;
  if (stale.length > 0 || reopened) return { kind: "create", content: wanted };
  const missing = without(wanted.annotations, stored.annotations);
  if (missing.length === 0 && sameContent(wanted, stored)) return { kind: "unchanged", stored };
  return { kind: "update", id: stored.id, content: { ...wanted, annotations: missing } };
}

function sameContent(wanted: CheckContent, stored: StoredCheck): boolean {
  return (
    stored.conclusion === wanted.conclusion &&
    sameText(stored.title, wanted.title) &&
    sameText(stored.summary, wanted.summary) &&
    sameText(stored.text, wanted.text) &&
    // Without one of ours GitHub links to a page of its own.
    (wanted.detailsUrl === undefined || stored.detailsUrl === wanted.detailsUrl) &&
    (wanted.actions === undefined || stored.actions === "unknown" || sameActions(stored.actions, wanted.actions))
  );
}

function sameActions(a: readonly CheckAction[], b: readonly CheckAction[]): boolean {
  const key = ({ label, description, identifier }: CheckAction) => JSON.stringify([label, description, identifier]);
  return a.length === b.length && a.every((action, index) => b[index] !== undefined && key(action) === key(b[index]));
}

function sameText(a: string | undefined, b: string | undefined): boolean {
  return normalise(a) === normalise(b);
}

function normalise(text: string | undefined): string {
  return (text ?? "").replaceAll("\r\n", "\n").trim();
}

/** `all` without those in `some`, each as often as it is there. */
function without(all: readonly CheckAnnotation[], some: readonly CheckAnnotation[]): CheckAnnotation[] {
  const counts = new Map<string, number>();
  for (const annotation of some) counts.set(keyOf(annotation), (counts.get(keyOf(annotation)) ?? 0) + 1);
  return all.filter((annotation) => {
    const left = counts.get(keyOf(annotation)) ?? 0;
    if (left > 0) counts.set(keyOf(annotation), left - 1);
    return left === 0;
  });
}

function keyOf({ path, startLine, endLine, level, title, message }: CheckAnnotation): string {
  return JSON.stringify([path, startLine, endLine, level, normalise(title), normalise(message)]);
}
