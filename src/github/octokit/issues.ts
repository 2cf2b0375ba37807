import * as z from "zod/mini";
import { GitHubError } from "../../errors/errors.ts";
import type { Issue, Issues } from "../issues.ts";
import type { Api } from "./api.ts";

const issueSchema = z.object({
  number: z.int(),
  title: z.string(),
  body: z.nullish(z.string()),
  state: z.enum(["open", "closed"]),
  // The account of an author may be gone.
  user: z.nullable(z.object({ id: z.int(), login: z.string() })),
  labels: z.array(z.union([z.string(), z.object({ name: z.optional(z.string()) })])),
  html_url: z.string(),
  closed_at: z.nullable(z.string()),
  pull_request: z.optional(z.unknown()),
});

function toIssue({ number, title, body, state, user, labels, html_url, closed_at }: z.infer<typeof issueSchema>): Issue {
  return {
    number,
    title,
    body: body ?? "",
    state,
    author: user ? { id: user.id, login: user.login } : { id: 0, login: "ghost" },
    labels: labels.map((label) => (typeof label === "string" ? label : (label.name ?? ""))),
    url: html_url,
    closedAt: closed_at ?? undefined,
  };
}

export function createIssues(api: Api): Issues {
  const permission = "issues: write";
  const place = `${api.repository.owner}/${api.repository.name}`;

  return {
    async listLabelled(label) {
      const found = await api.list(
        issueSchema,
        "GET /repos/{owner}/{repo}/issues",
        { labels: label, state: "all", sort: "created", direction: "asc" },
        { what: `list the issues labelled ${label} in ${place}`, permission: "issues: read" },
      );
      return found.filter((issue) => issue.pull_request === undefined).map(toIssue);
    },
    async get(number) {
      const found = await api.find(
        issueSchema,
        "GET /repos/{owner}/{repo}/issues/{issue_number}",
        { issue_number: number },
        { what: `read issue #${number} in ${place}`, permission: "issues: read" },
      );
      return found && toIssue(found);
    },
    async create({ title, body, labels }) {
      const asked = { what: `create an issue in ${place}`, permission };
      return toIssue(await api.once(issueSchema, "POST /repos/{owner}/{repo}/issues", { title, body, labels }, asked));
    },
    async update(number, { body, state, reason }) {
      const change = { ...(body !== undefined && { body }), ...(state && { state }), ...(reason && { state_reason: reason }) };
      const asked = { what: `update issue #${number} in ${place}`, permission };
      const route = "PATCH /repos/{owner}/{repo}/issues/{issue_number}";
      return toIssue(await api.send(issueSchema, route, { issue_number: number, ...change }, asked));
    },
    async ensureLabel(label) {
      const asked = { what: `create the label ${label.name} in ${place}`, permission };
      try {
        await api.once(z.unknown(), "POST /repos/{owner}/{repo}/labels", { ...label }, asked);
      } catch (error) {
        // There is one: nothing else is wrong with a label of ours.
        if (!(error instanceof GitHubError && error.status === 422)) throw error;
      }
    },
  };
}
