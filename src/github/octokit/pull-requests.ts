import * as z from "zod/mini";
import { pullRequestPayload } from "../pull-request-schema.ts";
import type { PullRequests, Review } from "../pull-requests.ts";
import type { Api } from "./api.ts";

const eventSchema = z.object({ id: z.int(), event: z.string(), created_at: z.string() });
/** By a person, and by GitHub where the branch was merged and deleted. */
const baseChanges = ["base_ref_changed", "automatic_base_change_succeeded"];

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
  const eventsOf = (number: number) =>
    api.list(
      eventSchema,
      "GET /repos/{owner}/{repo}/issues/{issue_number}/events",
      { issue_number: number },
      { what: `list the events of #${number} in ${place}`, permission },
    );
  return {
    get: (number) =>
      api.send(
        pullRequestPayload,
        "GET /repos/{owner}/{repo}/pulls/{pull_number}",
        { pull_number: number },
        {
          what: `read pull request #${number} of ${place}`,
          permission,
        },
      ),
    listOpen: () =>
      api.list(
        pullRequestPayload,
        "GET /repos/{owner}/{repo}/pulls",
        { state: "open" },
        { what: `list the open pull requests of ${place}`, permission },
      ),
    listByHead: (owner, branch, state = "open") =>
      api.list(
        pullRequestPayload,
        "GET /repos/{owner}/{repo}/pulls",
        { state, head: `${owner}:${branch}` },
        { what: `list the pull requests from ${owner}:${branch} in ${place}`, permission },
      ),
    async baseChanges(number) {
      return (await eventsOf(number))
        .flatMap(({ event, created_at }) => (baseChanges.includes(event) ? [created_at] : []))
        .toSorted();
    },
    async lastForcePush(number) {
      const pushes = (await eventsOf(number)).filter(({ event }) => event === "head_ref_force_pushed");
      return pushes.length === 0 ? undefined : Math.max(...pushes.map(({ id }) => id));
    },
    reviews: (number) =>
      api.list(
        reviewSchema,
        "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
        { pull_number: number },
        { what: `list the reviews of #${number} in ${place}`, permission },
      ),
    listForCommit: (sha) =>
      api.list(
        pullRequestPayload,
        "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        { commit_sha: sha },
        {
          what: `list the pull requests with commit ${sha} in ${place}`,
          permission,
        },
      ),
  };
}
