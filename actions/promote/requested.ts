import { UsageError } from "../../src/errors/errors.ts";
import { isIssueNumber } from "../../src/registry/break-glass.ts";
import { isModelName, parseTagName } from "../../src/registry/tag-name.ts";
import { isVersion } from "../../src/registry/version.ts";
import { isStageName } from "../../src/spec/stage-name.ts";
import type { Event } from "../runtime/event.ts";
import type { PromoteInputs } from "./inputs.ts";

export interface Requested {
  model: string;
  version: string;
  /** Undefined: the first one. */
  stage: string | undefined;
  rollback: boolean;
  /** Number of the issue or pull request where two owners ask for it in spite of what speaks against it. */
  breakGlass: number | undefined;
  /** It is in a tag that anybody pushed, not in a form that somebody filled in. */
  byTag: boolean;
}

/**
 * What a pushed tag, or the form of `workflow_dispatch`, asks for. Pure.
 * @returns a sentence where a tag asks for nothing
 * @throws UsageError of any other event, and of a form that cannot be meant
 */
export function requestedBy(
  { identity, ref, ofDefaultBranch }: Pick<Event, "identity" | "ref" | "ofDefaultBranch">,
  form: PromoteInputs["form"],
): Requested | string {
  const { event } = identity.run ?? {};
  if (event === "push" && ref.startsWith("refs/tags/")) return requestedByTag(ref.slice("refs/tags/".length), form.stage);
  if (event === "workflow_dispatch" && ofDefaultBranch) return requestedByForm(form);
  const what = event === "workflow_dispatch" ? `a form of ${ref}` : `${event} of ${ref}`;
  throw new UsageError(
    `A promotion starts with a pushed tag, or the form of workflow_dispatch on the default branch; this is ${what}. Nothing is promoted by a branch, a pull request or a fork.`,
  );
}

function requestedByTag(tag: string, stage: string | undefined): Requested | string {
  const parsed = parseTagName(tag);
  if (parsed?.action === "register")
    return { ...parsed, stage: checkStage(stage), rollback: false, breakGlass: undefined, byTag: true };
  return parsed === undefined
    ? `${tag} is no model's tag, so there is nothing to promote.`
    : `${tag} registers no version, so there is nothing to promote.`;
}

function requestedByForm({ model, version, stage, rollback, breakGlass }: PromoteInputs["form"]): Requested {
  if (model === undefined || !isModelName(model)) throw wrong("model", model, "a model of assay.yml, such as fraud");
  if (version === undefined || !isVersion(version)) throw wrong("version", version, "a version that is tagged, such as v1.2.0");
  if (rollback && stage === undefined) throw wrong("stage", stage, "the stage that goes back, such as production");
  if (breakGlass !== undefined && !isIssueNumber(breakGlass))
    throw wrong("break-glass", breakGlass, "the number of the issue or pull request in which two owners ask for it, such as 57");
  if (rollback && breakGlass !== undefined)
    throw new UsageError("`rollback` judges nothing, so there is nothing to break glass for. Leave `break-glass` empty.");
  const issue = breakGlass === undefined ? undefined : Number(breakGlass);
  return { model, version, stage: checkStage(stage), rollback, breakGlass: issue, byTag: false };
}

function checkStage(stage: string | undefined): string | undefined {
  if (stage === undefined || isStageName(stage)) return stage;
  throw wrong("stage", stage, "a stage of assay.yml, such as production");
}

function wrong(name: string, value: string | undefined, expected: string): UsageError {
  return new UsageError(
    `Input \`${name}\` is ${value === undefined ? "empty" : JSON.stringify(value)}; it has to be ${expected}.`,
  );
}
