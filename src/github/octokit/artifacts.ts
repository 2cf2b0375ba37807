import * as z from "zod/mini";
import { GitHubError, UsageError } from "../../errors/errors.ts";
import type { Artifact, Artifacts } from "../runs.ts";
import type { Api } from "./api.ts";

const artifactSchema = z.pipe(
  z.object({
    id: z.int(),
    name: z.string(),
    size_in_bytes: z.int(),
    digest: z.nullish(z.string()),
    expired: z.boolean(),
    created_at: z.nullable(z.string()),
    workflow_run: z.nullish(
      z.object({
        id: z.optional(z.int()),
        repository_id: z.optional(z.int()),
        head_repository_id: z.nullish(z.int()),
        head_branch: z.nullish(z.string()),
        head_sha: z.optional(z.string()),
      }),
    ),
  }),
  z.transform(
    (artifact): Artifact => ({
      id: artifact.id,
      name: artifact.name,
      bytes: artifact.size_in_bytes,
      digest: artifact.digest ?? undefined,
      expired: artifact.expired,
      createdAt: artifact.created_at ?? "",
      run: originOf(artifact.workflow_run),
    }),
  ),
);

const pageSize = 100;
const pageSchema = z.object({ artifacts: z.array(artifactSchema) });

interface Origin {
  id?: number | undefined;
  repository_id?: number | undefined;
  head_repository_id?: number | null | undefined;
  head_branch?: string | null | undefined;
  head_sha?: string | undefined;
}

/** Without all of it nobody can say how far to trust the artifact, so half of it is none. */
function originOf(run: Origin | null | undefined): Artifact["run"] {
  if (!run?.id || !run.repository_id || !run.head_repository_id || !run.head_sha) return undefined;
  return {
    id: run.id,
    repositoryId: run.repository_id,
    headRepositoryId: run.head_repository_id,
    headBranch: run.head_branch ?? undefined,
    headSha: run.head_sha,
  };
}

export function createArtifacts(api: Api): Artifacts {
  const place = `${api.repository.owner}/${api.repository.name}`;
  return {
    async listByName(name) {
      const asked = { what: `list the artifacts named ${name} in ${place}`, permission: "actions: read" };
      const artifacts = await api.list(artifactSchema, "GET /repos/{owner}/{repo}/actions/artifacts", { name }, asked);
      return artifacts.filter((artifact) => artifact.name === name).sort(newestFirst);
    },
    async ofRun(runId) {
      const asked = { what: `list the artifacts of workflow run ${runId} in ${place}`, permission: "actions: read" };
      const route = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";
      return [...(await api.list(artifactSchema, route, { run_id: runId }, asked))].sort(newestFirst);
    },
    async download(id, maxBytes) {
      const asked = { what: `download artifact ${id} of ${place}`, permission: "actions: read" };
      try {
        const { data } = await api.raw("GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}", {
          artifact_id: id,
          archive_format: "zip",
          request: { parseSuccessResponseBody: false },
        });
        if (!(data instanceof ReadableStream)) throw new GitHubError(`GitHub sent nothing on a request to ${asked.what}.`);
        return await bufferUpTo(data, maxBytes, asked.what);
      } catch (error) {
        throw api.explain(error, asked);
      }
    },
    async listNewest(count) {
      const asked = { what: `list the newest artifacts in ${place}`, permission: "actions: read" };
      const route = "GET /repos/{owner}/{repo}/actions/artifacts";
      const found: Artifact[] = [];
      for (let page = 1; found.length < count; page += 1) {
        const { artifacts } = await api.send(pageSchema, route, { per_page: pageSize, page }, asked);
        found.push(...artifacts);
        if (artifacts.length < pageSize) break;
      }
      return found.sort(newestFirst);
    },
  };
}

function newestFirst(a: Artifact, b: Artifact): number {
  return b.createdAt.localeCompare(a.createdAt) || b.id - a.id;
}

/** Stops reading as soon as there is too much, whatever the answer said of its length. */
async function bufferUpTo(stream: ReadableStream<Uint8Array>, maxBytes: number, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UsageError(`Stopped on a request to ${what}: it has more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
