import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { Comment, Comments } from "../comments.ts";
import type { Api } from "./api.ts";

const accountSchema = z.object({ id: z.int(), login: z.string() });

const commentSchema = z.pipe(
  z.object({
    id: z.int(),
    body: z.nullish(z.string()),
    // The account of a comment may be gone.
    user: z.nullable(accountSchema),
    html_url: z.string(),
  }),
  z.transform(
    ({ id, body, user, html_url }): Comment => ({
      id,
      body: body ?? "",
      author: user ? { id: user.id, login: user.login } : { id: 0, login: "ghost" },
      url: html_url,
    }),
  ),
);

const viewerSchema = z.object({ viewer: z.object({ login: z.string(), databaseId: z.nullish(z.int()) }) });

export function createComments(api: Api): Comments {
  const permission = "pull-requests: write";
  const place = `${api.repository.owner}/${api.repository.name}`;
  let viewer: Promise<{ id: number; login: string }> | undefined;

  return {
    list: (number) =>
      api.list(
        commentSchema,
        "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { issue_number: number },
        {
          what: `list the comments of #${number} in ${place}`,
          permission: "pull-requests: read",
        },
      ),
    get: (id) =>
      api.find(
        commentSchema,
        "GET /repos/{owner}/{repo}/issues/comments/{comment_id}",
        { comment_id: id },
        {
          what: `read comment ${id} in ${place}`,
          permission: "pull-requests: read",
        },
      ),
    create: (number, body) =>
      api.once(
        commentSchema,
        "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { issue_number: number, body },
        {
          what: `create a comment on #${number} in ${place}`,
          permission,
        },
      ),
    update: (id, body) =>
      api.send(
        commentSchema,
        "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
        { comment_id: id, body },
        {
          what: `update comment ${id} in ${place}`,
          permission,
        },
      ),
    viewer() {
      viewer ??= findViewer(api).catch((error: unknown) => {
        viewer = undefined;
        throw error;
      });
      return viewer;
    },
  };
}

/** A workflow's token may not `GET /user`, but GraphQL answers it; a server without GraphQL knows a user's token by REST. */
async function findViewer(api: Api): Promise<{ id: number; login: string }> {
  const asked = { what: "say whose token this is", permission: "contents: read" };
  let graphqlError: GitHubError;
  try {
    const { viewer } = await api.graphql(viewerSchema, "query { viewer { login databaseId } }", asked);
    if (typeof viewer.databaseId === "number") return { id: viewer.databaseId, login: viewer.login };
    graphqlError = new GitHubError(`GitHub did not say the account id of ${viewer.login}.`);
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status === 401) throw error;
    graphqlError = error;
  }
  try {
    return await api.send(accountSchema, "GET /user", {}, asked);
  } catch {
    throw graphqlError;
  }
}
