import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import type { Answer, Call, Route } from "./route.ts";
import { type Artifact, type State, timestamp, type WorkflowRun } from "./state.ts";
import { signedUploadUrl, signedUrl } from "./storage.ts";
import { readRuntimeToken } from "./tokens.ts";

/**
 * The artifact service of a run (Twirp with JSON bodies), as `@actions/artifact` speaks it. A job's runtime token opens
 * the artifacts of its own run and no other. An artifact is seen only once it is finalised.
 */
export const resultsRoutes: readonly Route[] = Object.entries({
  CreateArtifact: createArtifact,
  FinalizeArtifact: finalizeArtifact,
  ListArtifacts: listArtifacts,
  GetSignedArtifactURL: getSignedArtifactUrl,
  DeleteArtifact: deleteArtifact,
}).map(([method, handle]) => ({
  method: "POST",
  pattern: `/twirp/github.actions.results.api.v1.ArtifactService/${method}`,
  anyOf: ["none" as const],
  handle: (call) => serve(call, handle),
}));

const retentionDays = 90;

/** Fields of all five requests; those of one are checked by its handler. */
const requestShape = z.strictObject({
  workflow_run_backend_id: z.string(),
  workflow_job_run_backend_id: z.string(),
  name: z.optional(z.string().check(z.minLength(1))),
  version: z.optional(z.int()),
  mime_type: z.optional(z.string()),
  expires_at: z.optional(z.string()),
  size: z.optional(z.string()),
  hash: z.optional(z.string()),
  name_filter: z.optional(z.string()),
  id_filter: z.optional(z.string()),
});
type ResultsRequest = z.infer<typeof requestShape>;

interface ResultsCall {
  call: Call;
  request: ResultsRequest;
  run: WorkflowRun;
}

async function serve(call: Call, handle: (results: ResultsCall) => Promise<Answer>): Promise<Answer> {
  const token = readRuntimeToken(call.state, call.headers.authorization);
  if (!token) return twirpError(401, "unauthenticated", "the runtime token is missing, wrong or has run out");
  const parsed = requestShape.safeParse(parseJson(call.body), english);
  if (!parsed.success) return twirpError(400, "malformed", z.prettifyError(parsed.error));
  const run = [...call.state.runs.values()].find((candidate) => candidate.backendId === token.run);
  const request = parsed.data;
  if (!run || request.workflow_run_backend_id !== token.run || request.workflow_job_run_backend_id === "") {
    return twirpError(403, "permission_denied", "the runtime token is for another run");
  }
  return handle({ call, request, run });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function twirpError(status: number, code: string, msg: string): Answer {
  return { status, json: { code, msg } };
}

export function isFinalised(artifact: Artifact): boolean {
  return artifact.bytes !== undefined;
}

/** Name of the file that a download has: archives get an ending, single files keep theirs. */
export function artifactFileName({ name, mimeType }: Artifact): string {
  return mimeType === "application/zip" && !name.endsWith(".zip") ? `${name}.zip` : name;
}

function artifactsOf({ call, run }: ResultsCall): readonly Artifact[] {
  return [...call.state.artifacts.values()].filter((artifact) => artifact.run === run);
}

async function createArtifact(results: ResultsCall): Promise<Answer> {
  const { call, request, run } = results;
  if (request.name === undefined) return twirpError(400, "invalid_argument", "name is required");
  if (request.version === undefined || request.version < 4)
    return twirpError(400, "invalid_argument", "version is not supported");
  if (artifactsOf(results).some((artifact) => artifact.name === request.name)) {
    return twirpError(409, "already_exists", "an artifact with this name already exists on the workflow run");
  }
  const artifact = beginArtifact(call.state, run, {
    name: request.name,
    mimeType: request.mime_type,
    expiresAt: request.expires_at,
  });
  return { status: 200, json: { ok: true, signed_upload_url: signedUploadUrl(call.state, artifact.file) } };
}

interface ArtifactRequest {
  name: string;
  mimeType?: string | undefined;
  expiresAt?: string | undefined;
}

function beginArtifact(state: State, run: WorkflowRun, request: ArtifactRequest): Artifact {
  const id = state.nextId();
  const artifact: Artifact = {
    id,
    run,
    name: request.name,
    mimeType: request.mimeType ?? "application/zip",
    bytes: undefined,
    digest: undefined,
    file: join(state.folder, "blobs", `artifact-${id}`),
    expired: false,
    createdAt: timestamp(),
    expiresAt: request.expiresAt ?? timestamp(retentionDays * 24 * 3_600_000),
  };
  state.artifacts.set(id, artifact);
  return artifact;
}

/** As a job of the run uploads it, in one go. */
export async function addArtifact(
  state: State,
  run: WorkflowRun,
  request: ArtifactRequest & { bytes: Uint8Array },
): Promise<Artifact> {
  const artifact = beginArtifact(state, run, request);
  await writeFile(artifact.file, request.bytes);
  artifact.digest = `sha256:${await sha256(artifact.file)}`;
  artifact.bytes = request.bytes.length;
  return artifact;
}

/** The size and hash that the client states must be those of what lies in storage. */
async function finalizeArtifact(results: ResultsCall): Promise<Answer> {
  const { request } = results;
  const artifact = artifactsOf(results).find((candidate) => candidate.name === request.name && !isFinalised(candidate));
  if (!artifact) return twirpError(404, "not_found", "no artifact of that name is being uploaded");
  const bytes = (await stat(artifact.file).catch(() => undefined))?.size;
  if (bytes === undefined || bytes !== Number(request.size ?? "0")) {
    return twirpError(400, "invalid_argument", `size is ${request.size}, but ${bytes ?? "nothing"} was uploaded`);
  }
  const digest = `sha256:${await sha256(artifact.file)}`;
  if (request.hash !== undefined && request.hash !== digest) {
    return twirpError(400, "invalid_argument", `hash is ${request.hash}, but ${digest} was uploaded`);
  }
  artifact.bytes = bytes;
  artifact.digest = digest;
  return { status: 200, json: { ok: true, artifact_id: String(artifact.id) } };
}

async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function listArtifacts(results: ResultsCall): Promise<Answer> {
  const { name_filter: name, id_filter: id } = results.request;
  const found = artifactsOf(results)
    .filter(isFinalised)
    .filter((artifact) => (name === undefined || artifact.name === name) && (id === undefined || String(artifact.id) === id));
  const artifacts = found.map((artifact) => ({
    workflow_run_backend_id: results.request.workflow_run_backend_id,
    workflow_job_run_backend_id: results.request.workflow_job_run_backend_id,
    database_id: String(artifact.id),
    name: artifact.name,
    size: String(artifact.bytes),
    created_at: artifact.createdAt,
    digest: artifact.digest,
  }));
  return { status: 200, json: { artifacts } };
}

async function getSignedArtifactUrl(results: ResultsCall): Promise<Answer> {
  const artifact = artifactsOf(results).find((candidate) => candidate.name === results.request.name && isFinalised(candidate));
  if (!artifact || artifact.expired) return twirpError(404, "not_found", "artifact not found");
  const { file, mimeType } = artifact;
  const url = signedUrl(results.call.state, { file, contentType: mimeType, fileName: artifactFileName(artifact) });
  return { status: 200, json: { signed_url: url } };
}

async function deleteArtifact(results: ResultsCall): Promise<Answer> {
  const artifact = artifactsOf(results).find((candidate) => candidate.name === results.request.name);
  if (!artifact) return twirpError(404, "not_found", "artifact not found");
  results.call.state.artifacts.delete(artifact.id);
  await rm(artifact.file, { force: true });
  return { status: 200, json: { ok: true, artifact_id: String(artifact.id) } };
}
