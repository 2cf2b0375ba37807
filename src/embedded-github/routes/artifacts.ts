import { ApiError, notFound } from "../api-error.ts";
import { artifactFileName, isFinalised } from "../results-service.ts";
import { type Answer, type Call, idParam, paginate, type Route } from "../route.ts";
import type { Artifact } from "../state.ts";
import { signedUrl } from "../storage.ts";
import { artifactView } from "../views/runs.ts";
import { runOf } from "./runs.ts";

export const artifactRoutes: readonly Route[] = [
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/artifacts", anyOf: ["actions:read"], handle: listOfRepository },
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/runs/{id}/artifacts", anyOf: ["actions:read"], handle: listOfRun },
  { method: "GET", pattern: "/repos/{owner}/{repo}/actions/artifacts/{id}", anyOf: ["actions:read"], handle: getArtifact },
  { method: "DELETE", pattern: "/repos/{owner}/{repo}/actions/artifacts/{id}", anyOf: ["actions:write"], handle: deleteArtifact },
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/actions/artifacts/{id}/{format}",
    anyOf: ["actions:read"],
    handle: downloadArtifact,
  },
];

async function listOfRepository(call: Call): Promise<Answer> {
  return listAnswer(
    call,
    artifactsOf(call).filter((artifact) => artifact.run.repository === call.repository),
  );
}

async function listOfRun(call: Call): Promise<Answer> {
  const run = runOf(call);
  return listAnswer(
    call,
    artifactsOf(call).filter((artifact) => artifact.run === run),
  );
}

function artifactsOf(call: Call): readonly Artifact[] {
  return [...call.state.artifacts.values()].filter(isFinalised);
}

/** Newest first, only those of the asked name. */
function listAnswer(call: Call, artifacts: readonly Artifact[]): Answer {
  const name = call.url.searchParams.get("name");
  const found = artifacts.filter((artifact) => name === null || artifact.name === name).toReversed();
  const { page, headers } = paginate(call, found);
  const json = { total_count: found.length, artifacts: page.map((artifact) => artifactView(call.state, artifact)) };
  return { status: 200, headers, json };
}

function artifactOf(call: Call): Artifact {
  const artifact = call.state.artifacts.get(idParam(call, "id"));
  if (!artifact || !isFinalised(artifact) || artifact.run.repository !== call.repository) throw notFound();
  return artifact;
}

async function getArtifact(call: Call): Promise<Answer> {
  return { status: 200, json: artifactView(call.state, artifactOf(call)) };
}

async function deleteArtifact(call: Call): Promise<Answer> {
  call.state.artifacts.delete(artifactOf(call).id);
  return { status: 204 };
}

async function downloadArtifact(call: Call): Promise<Answer> {
  const artifact = artifactOf(call);
  if (call.param("format") !== "zip") throw notFound();
  if (artifact.expired) throw new ApiError(410, "Artifact has expired");
  const { file, mimeType } = artifact;
  return {
    status: 302,
    headers: { location: signedUrl(call.state, { file, contentType: mimeType, fileName: artifactFileName(artifact) }) },
  };
}
