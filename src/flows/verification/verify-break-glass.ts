import type { GitHub } from "../../github/github.ts";
import { askedInComment, type BreakGlass, type BreakGlassAsker, breakGlassIn } from "../../registry/break-glass.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import type { Spec } from "../../spec/spec.ts";
import { resolveActor } from "../../trust/owners.ts";
import { Wrong } from "./release-folder.ts";

type Means = Pick<GitHub, "comments" | "collaborators">;

/**
 * Whether the two who asked for break-glass by the release's own record did, by their comments, and still own the model.
 * @returns what proves nothing any more, a sentence each
 * @throws Wrong
 */
export async function verifyBreakGlass(
  release: ReleaseRecord & { breakGlass: BreakGlass },
  rules: Spec | undefined,
  github: Means,
): Promise<readonly string[]> {
  const notProof: string[] = [];
  for (const asker of release.breakGlass.askedBy) {
    const lost = await verifyAsker(asker, release, rules, github);
    if (lost !== undefined) notProof.push(`@${asker.by} asked for break-glass by release.json, and ${lost}.`);
  }
  return notProof;
}

/** A stage that the version came into although judgement spoke against it. */
export interface Emergency {
  stage: string;
  breakGlass: BreakGlass;
}

/** By the deployments of the version's commit. */
export async function readEmergencies(
  { model, version, tag }: Pick<ReleaseRecord, "model" | "version" | "tag">,
  { deployments }: Pick<GitHub, "deployments">,
): Promise<readonly Emergency[]> {
  const found = new Map<string, Emergency>();
  for (const { environment: stage, payload } of await deployments.list({ sha: tag.commit })) {
    const breakGlass = breakGlassIn(payload["breakGlass"]);
    if (breakGlass && payload["model"] === model && payload["version"] === version)
      found.set(JSON.stringify([stage, breakGlass]), { stage, breakGlass });
  }
  return [...found.values()];
}

/** @returns why nobody can tell any more, a clause */
async function verifyAsker(
  { by, comment: id, at, reason }: BreakGlassAsker,
  { model, stage, tag, resultDigest, breakGlass }: ReleaseRecord & { breakGlass: BreakGlass },
  rules: Spec | undefined,
  { comments, collaborators }: Means,
): Promise<string | undefined> {
  const { issue } = breakGlass;
  const comment = await comments.get(id);
  if (!comment) return `comment ${id} of #${issue} is gone`;
  if (await comments.wasEdited(comment)) return `comment ${id} of #${issue} was changed since`;
  const subject = { tag: tag.name, tagObject: tag.object, resultDigest, stage: stage ?? "" };
  const asked = askedInComment(comment.body, subject);
  const isTheirs = comment.author.login.toLowerCase() === by.toLowerCase() && comment.number === issue;
  if (!isTheirs || asked.kind !== "asked" || asked.reason !== reason || Date.parse(comment.createdAt) !== Date.parse(at))
    throw new Wrong(
      `@${by} asked for break-glass by release.json, and comment ${id}, which it names, is @${comment.author.login}'s in #${comment.number} and does not say that.`,
    );
  const actor = await resolveActor(comment.author, rules, collaborators);
  if (!actor.owns(model)) throw new Wrong(`@${by}, who asked for break-glass, does not own ${model} any more.`);
  return undefined;
}
