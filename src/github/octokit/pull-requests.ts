import * as z from "zod/mini";
import type { PullRequest, PullRequests, Review } from "../pull-requests.ts";
import type { Api } from "./api.ts";

const repositorySchema = z.object({ id: z.int(), full_name: z.string() });

const pullRequestSchema = z.pipe(
  z.object({
    number: z.int(),
    title: z.string(),
    state: z.enum(["open", "closed"]),
    merged_at: z.nullish(z.string()),
    draft: z.optional(z.boolean()),
    user: z.nullable(z.object({ login: z.string() })),
    // The repository of a fork may be gone.
    head: z.object({ sha: z.string(), ref: z.string(), repo: z.nullish(repositorySchema) }),
    base: z.object({ sha: z.string(), ref: z.string(), repo: repositorySchema }),
    merge_commit_sha: z.nullish(z.string()),
    labels: z.array(z.object({ name: z.string() })),
    created_at: z.string(),
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
      comments: pull.comments,
    }),
  ),
);

const reviewSchema = z.pipe(
  z.object({
    id: z.int(),
    user: z.nullable(z.object({ id: z.int(), login: z.string() })),
    state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]),
    commit_id: z.nullable(z.string()),
    submitted_at: z.optional(z.string()),
  }),
  z.transform(
    ({ id, user, state, commit_id, submitted_at }): Review => ({
      id,
      author: user ? { id: user.id, login: user.login } : { id: 0, login: "ghost" },
      state,
      commitSha: commit_id ?? undefined,
      submittedAt: submitted_at ?? "",
    }),
  ),
);

export function createPullRequests(api: Api): PullRequests {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const permission = "pull-requests: read";
  return {
    get: (number) =>
      api.send(
        pullRequestSchema,
        "GET /repos/{owner}/{repo}/pulls/{pull_number}",
        { pull_number: number },
        {
          what: `read pull request #${number} of ${place}`,
          permission,
        },
      ),
    listOpen: () =>
      api.list(
        pullRequestSchema,
        "GET /repos/{owner}/{repo}/pulls",
        { state: "open" },
        { what: `list the open pull requests of ${place}`, permission },
      ),
    listByHead: (owner, branch) =>
      api.list(
        pullRequestSchema,
        "GET /repos/{owner}/{repo}/pulls",
        { state: "open", head: `${owner}:${branch}` },
        { what: `list the pull requests from ${owner}:${branch} in ${place}`, permission },
      ),
    reviews: (number) =>
      api.list(
        reviewSchema,
        "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
        { pull_number: number },
        { what: `list the reviews of #${number} in ${place}`, permission },
      ),
    listForCommit: (sha) =>
      api.list(
        pullRequestSchema,
        "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        { commit_sha: sha },
        {
          what: `list the pull requests with commit ${sha} in ${place}`,
          permission,
        },
      ),
  };
}
