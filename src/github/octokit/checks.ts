import * as z from "zod/mini";
import type { CheckAnnotation, CheckContent, CheckRun, Checks } from "../checks.ts";
import type { Api } from "./api.ts";

/** What GitHub takes in one request. */
const annotationsARequest = 50;

const checkRunSchema = z.pipe(
  z.object({
    id: z.int(),
    name: z.string(),
    head_sha: z.string(),
    external_id: z.nullish(z.string()),
    conclusion: z.nullable(z.string()),
    html_url: z.nullish(z.string()),
    details_url: z.nullish(z.string()),
    app: z.nullish(z.object({ slug: z.nullish(z.string()) })),
    output: z.nullish(
      z.object({
        title: z.nullish(z.string()),
        summary: z.nullish(z.string()),
        text: z.nullish(z.string()),
        annotations_count: z.nullish(z.int()),
      }),
    ),
  }),
  z.transform(
    (run): CheckRun => ({
      id: run.id,
      name: run.name,
      headSha: run.head_sha,
      externalId: run.external_id || undefined,
      appSlug: run.app?.slug ?? undefined,
      conclusion: run.conclusion ?? undefined,
      url: run.html_url ?? "",
      title: run.output?.title ?? undefined,
      summary: run.output?.summary ?? undefined,
      text: run.output?.text ?? undefined,
      detailsUrl: run.details_url ?? undefined,
      annotationCount: run.output?.annotations_count ?? 0,
    }),
  ),
);

const annotationSchema = z.pipe(
  z.object({
    path: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    annotation_level: z.enum(["notice", "warning", "failure"]),
    title: z.nullish(z.string()),
    message: z.nullish(z.string()),
  }),
  z.transform(
    (annotation): CheckAnnotation => ({
      path: annotation.path,
      startLine: annotation.start_line,
      endLine: annotation.end_line,
      level: annotation.annotation_level,
      title: annotation.title ?? "",
      message: annotation.message ?? "",
    }),
  ),
);

export function createChecks(api: Api): Checks {
  const place = `${api.repository.owner}/${api.repository.name}`;
  const permission = "checks: write";

  /** One PATCH for each batch; only the last one completes the check. Adding annotations is not repeatable, so nothing is. */
  async function patch(id: number, content: CheckContent, batches: readonly CheckAnnotation[][]): Promise<CheckRun> {
    const asked = { what: `update check run ${id} in ${place}`, permission };
    const [batch = [], ...rest] = batches;
    const body = { check_run_id: id, ...requestBody(content, batch, rest.length === 0) };
    const run = await api.once(checkRunSchema, "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", body, asked);
    return rest.length === 0 ? run : patch(id, content, rest);
  }

  return {
    async list(headSha, name) {
      const runs = await api.list(
        checkRunSchema,
        "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
        { ref: headSha, check_name: name, filter: "all" },
        { what: `list the check runs of ${headSha} in ${place}`, permission: "checks: read" },
      );
      return runs.filter((run) => run.name === name && run.headSha === headSha).sort((a, b) => a.id - b.id);
    },
    get: (id) =>
      api.find(
        checkRunSchema,
        "GET /repos/{owner}/{repo}/check-runs/{check_run_id}",
        { check_run_id: id },
        { what: `read check run ${id} in ${place}`, permission: "checks: read" },
      ),
    annotations: (id) =>
      api.list(
        annotationSchema,
        "GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations",
        { check_run_id: id },
        {
          what: `list the annotations of check run ${id} in ${place}`,
          permission: "checks: read",
        },
      ),
    async create(content) {
      const [batch = [], ...rest] = batchesOf(content.annotations);
      const body = { head_sha: content.headSha, ...requestBody(content, batch, rest.length === 0) };
      const asked = { what: `create the check "${content.name}" on ${content.headSha} in ${place}`, permission };
      const run = await api.once(checkRunSchema, "POST /repos/{owner}/{repo}/check-runs", body, asked);
      return rest.length === 0 ? run : patch(run.id, content, rest);
    },
    update: (id, content) => patch(id, content, batchesOf(content.annotations)),
  };
}

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const batches: CheckAnnotation[][] = [];
  for (let start = 0; start < annotations.length; start += annotationsARequest) {
    batches.push(annotations.slice(start, start + annotationsARequest));
  }
  return batches;
}

function requestBody(content: CheckContent, annotations: readonly CheckAnnotation[], last: boolean) {
  return {
    name: content.name,
    external_id: content.externalId,
    details_url: content.detailsUrl,
    actions: content.actions,
    ...(content.conclusion !== undefined && last
      ? { status: "completed", conclusion: content.conclusion }
      : { status: "in_progress" }),
    output: {
      title: content.title,
      summary: content.summary,
      text: content.text,
      annotations: annotations.map((annotation) => ({
        path: annotation.path,
        start_line: annotation.startLine,
        end_line: annotation.endLine,
        annotation_level: annotation.level,
        title: annotation.title,
        message: annotation.message,
      })),
    },
  };
}
