import * as z from "zod/mini";

const id = z.int().check(z.gte(1));
const sha = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));

/** A repository, and the app's installation that lets it be seen. */
export const repositorySchema = z.strictObject({
  installation: id,
  id,
  owner: z.string().check(z.regex(/^[\w.-]{1,100}$/)),
  name: z.string().check(z.regex(/^[\w.-]{1,100}$/)),
});
export type InstalledRepository = z.infer<typeof repositorySchema>;

/**
 * What is reconciled, one worker at a time each: a pull request, the commit that a merge queue made, or a workflow run of which
 * nobody knows yet whose it is.
 */
export const subjectSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pull-request"), repository: repositorySchema, number: id }),
  z.strictObject({
    kind: z.literal("merge-group"),
    repository: repositorySchema,
    headSha: sha,
    baseSha: sha,
    /** That it would merge, by the name of the branch, which only GitHub can give; undefined when it has another form. */
    number: z.optional(id),
  }),
  z.strictObject({ kind: z.literal("run"), repository: repositorySchema, runId: id }),
]);
export type Subject = z.infer<typeof subjectSchema>;

/** Names the subject for good: repositories change their names, not their ids. */
export function keyOf(subject: Subject): string {
  if (subject.kind === "pull-request") return `${subject.repository.id}/pull/${subject.number}`;
  if (subject.kind === "merge-group") return `${subject.repository.id}/queue/${subject.headSha}`;
  return `${subject.repository.id}/run/${subject.runId}`;
}
