import * as z from "zod/mini";
import { idSchema, shaSchema } from "./ids.ts";
import type { PullRequest } from "./pull-requests.ts";

const payloadRepository = z.object({ id: z.int(), full_name: z.string() });

/** GitHub's JSON of a pull request, in answers and in webhooks. */
export const pullRequestPayload = z.pipe(
  z.object({
    number: z.int(),
    title: z.string(),
    state: z.enum(["open", "closed"]),
    merged_at: z.nullish(z.string()),
    draft: z.optional(z.boolean()),
    user: z.nullable(z.object({ login: z.string() })),
    // The repository of a fork may be gone.
    head: z.object({ sha: z.string(), ref: z.string(), repo: z.nullish(payloadRepository) }),
    base: z.object({ sha: z.string(), ref: z.string(), repo: payloadRepository }),
    merge_commit_sha: z.nullish(z.string()),
    labels: z.array(z.object({ name: z.string() })),
    created_at: z.string(),
    closed_at: z.nullish(z.string()),
    updated_at: z.string(),
    comments: z.optional(z.int()),
  }),
  z.transform(
    (pull): PullRequest => ({
      number: pull.number,
      title: pull.title,
      state: pull.state,
      merged: typeof pull.merged_at === "string",
      draft: pull.draft ?? false,
      author: pull.user?.login ?? "ghost",
      head: { sha: pull.head.sha, ref: pull.head.ref, repositoryId: pull.head.repo?.id, repository: pull.head.repo?.full_name },
      base: { sha: pull.base.sha, ref: pull.base.ref, repositoryId: pull.base.repo.id },
      mergeCommitSha: pull.merge_commit_sha ?? undefined,
      labels: pull.labels.map(({ name }) => name),
      createdAt: pull.created_at,
      closedAt: pull.closed_at ?? undefined,
      updatedAt: pull.updated_at,
      comments: pull.comments,
    }),
  ),
);

/** What a PostgreSQL takes as JSON. */
const text = z.string().check(
  z.maxLength(1_000),
  z.refine((value) => value.isWellFormed() && !value.includes("\0")),
);

/** One that was kept, as it was understood. */
export const pullRequestSchema: z.ZodMiniType<PullRequest, PullRequest> = z.object({
  number: idSchema,
  title: text,
  state: z.enum(["open", "closed"]),
  merged: z.boolean(),
  draft: z.boolean(),
  author: text,
  head: z.object({ sha: shaSchema, ref: text, repositoryId: z.optional(idSchema), repository: z.optional(text) }),
  base: z.object({ sha: shaSchema, ref: text, repositoryId: idSchema }),
  mergeCommitSha: z.optional(shaSchema),
  labels: z.array(text).check(z.maxLength(1_000)),
  createdAt: z.iso.datetime(),
  closedAt: z.optional(z.iso.datetime()),
  updatedAt: z.iso.datetime(),
  comments: z.optional(z.int()),
});
