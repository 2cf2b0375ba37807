import * as z from "zod/mini";
import { idSchema as id, shaSchema as sha } from "../src/github/ids.ts";
import { pullRequestSchema } from "../src/github/pull-request-schema.ts";

/** A repository, and the app's installation that lets it be seen. */
export const repositorySchema = z.strictObject({
  installation: id,
  id,
  owner: z.string().check(z.regex(/^[\w.-]{1,100}$/)),
  name: z.string().check(z.regex(/^[\w.-]{1,100}$/)),
});
export type InstalledRepository = z.infer<typeof repositorySchema>;

/**
 * What is reconciled, one worker at a time each: a pull request, the commit that a merge queue made, a workflow run of which nobody
 * knows yet whose it is, or one that waits to be let into an environment.
 */
export const subjectSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pull-request"),
    repository: repositorySchema,
    number: id,
    /** As the webhook told it that it was opened or pushed to, as long as that is all that was heard since it was looked at. */
    pushed: z.optional(pullRequestSchema),
  }),
  z.strictObject({
    kind: z.literal("merge-group"),
    repository: repositorySchema,
    headSha: sha,
    baseSha: sha,
    /** That it would merge, by the name of the branch, which only GitHub can give; undefined when it has another form. */
    number: z.optional(id),
  }),
  z.strictObject({ kind: z.literal("run"), repository: repositorySchema, runId: id }),
  z.strictObject({
    kind: z.literal("gate"),
    repository: repositorySchema,
    runId: id,
    environment: z.string().check(z.minLength(1), z.maxLength(255)),
  }),
]);
export type Subject = z.infer<typeof subjectSchema>;

/** Where more was heard of it than a push, or nothing at all, everything is read. */
export function withoutPush(subject: Subject): Subject {
  if (subject.kind !== "pull-request") return subject;
  const { pushed: _, ...rest } = subject;
  return rest;
}

/** Names the subject for good: repositories change their names, not their ids. */
export function keyOf(subject: Subject): string {
  if (subject.kind === "pull-request") return `${subject.repository.id}/pull/${subject.number}`;
  if (subject.kind === "merge-group") return `${subject.repository.id}/queue/${subject.headSha}`;
  if (subject.kind === "gate")
    return `${subject.repository.id}/gate/${subject.runId}/${encodeURIComponent(subject.environment.toWellFormed())}`;
  return `${subject.repository.id}/run/${subject.runId}`;
}
