import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { Comment, Comments } from "../comments.ts";
import type { Api } from "./api.ts";

const accountSchema = z.object({ id: z.int(), login: z.string() });
type Account = z.infer<typeof accountSchema>;

const commentSchema = z.pipe(
  z.object({
    id: z.int(),
    node_id: z.string(),
    body: z.nullish(z.string()),
    // The account of a comment may be gone.
    user: z.nullable(accountSchema),
    html_url: z.string(),
    issue_url: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  }),
  z.transform(
    ({ id, node_id, body, user, html_url, issue_url, created_at, updated_at }): Comment => ({
      id,
      nodeId: node_id,
      body: body ?? "",
      author: user ? { id: user.id, login: user.login } : { id: 0, login: "ghost" },
      url: html_url,
      number: Number(issue_url.split("/").at(-1)),
      createdAt: created_at,
      updatedAt: updated_at,
    }),
  ),
);

const reactionSchema = z.pipe(
  z.object({ content: z.string(), user: z.nullable(accountSchema) }),
  z.transform(({ content, user }) => ({ content, authorId: user?.id ?? 0 })),
);

const editedSchema = z.object({ node: z.nullable(z.object({ lastEditedAt: z.nullable(z.string()) })) });

const viewerSchema = z.object({ viewer: z.object({ login: z.string(), databaseId: z.nullish(z.int()) }) });

/** @param known tells the account that the token writes as, where the token need not be asked */
export function createComments(api: Api, known?: () => Promise<Account>): Comments {
  const permission = "pull-requests: write";
  const place = `${api.repository.owner}/${api.repository.name}`;
  let viewer: Promise<Account> | undefined;

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
    listSince: (since) =>
      api.list(
        commentSchema,
        "GET /repos/{owner}/{repo}/issues/comments",
        { since, sort: "updated", direction: "asc" },
        { what: `list the newest comments in ${place}`, permission: "pull-requests: read" },
      ),
    reactions: (id) =>
      api.list(
        reactionSchema,
        "GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
        { comment_id: id },
        { what: `list the reactions to comment ${id} in ${place}`, permission: "pull-requests: read" },
      ),
    async react(id, content) {
      await api.send(
        reactionSchema,
        "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
        { comment_id: id, content },
        { what: `react to comment ${id} in ${place}`, permission },
      );
    },
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
    async wasEdited({ id, nodeId, createdAt, updatedAt }) {
      if (updatedAt !== createdAt) return true;
      const { node } = await api.graphql(
        editedSchema,
        `query { node(id: ${JSON.stringify(nodeId)}) { ... on IssueComment { lastEditedAt } } }`,
        { what: `say whether comment ${id} in ${place} was edited`, permission: "pull-requests: read" },
      );
      return node?.lastEditedAt !== null;
    },
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
      viewer ??= (known?.() ?? findViewer(api)).catch((error: unknown) => {
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
