import { join } from "node:path";
import type { ArtifactClient, FindOptions } from "@actions/artifact";
import { UsageError } from "../../src/errors/errors.ts";
import type { Files } from "../../src/files/files.ts";
import type { JobFiles } from "../../src/flows/job-files.ts";
import type { Event } from "./event.ts";

/** Evidence is read by jobs that may write: an archive larger than this is refused before it is fetched. */
const evidenceBytes = 32 * 1024 * 1024;

/** Job files as workflow artifacts, by the official client. */
export function createArtifactJobFiles(files: Files, event: Event, token: string | undefined): JobFiles {
  return {
    async keep(name, folder) {
      const client = await artifactClient();
      // A second attempt of the job meets the first one's artifact: names are unique in a run.
      if (await find(client, name)) await client.deleteArtifact(name);
      const paths = (await files.list(folder)).map((path) => join(folder, path));
      await client.uploadArtifact(name, paths, folder, { compressionLevel: 6 });
    },
    async fetch(name, folder) {
      const client = await artifactClient();
      const found = await find(client, name);
      if (!found) return false;
      if (name.startsWith("assay-evidence-") && found.size > evidenceBytes)
        throw new UsageError(
          `Artifact ${name} has ${found.size} bytes, and evidence has at most ${evidenceBytes}. Nothing of it was read.`,
        );
      await client.downloadArtifact(found.id, { path: folder });
      return true;
    },
    async fetchFrom(run, folder) {
      if (run.runId === undefined || run.artifactId === undefined) return false;
      if (!token) throw new UsageError(`Reusing ${run.origin} needs the input \`github-token\` with \`actions: read\`.`);
      const findBy: FindOptions["findBy"] = {
        token,
        workflowRunId: run.runId,
        repositoryOwner: event.owner,
        repositoryName: event.name,
      };
      await (await artifactClient()).downloadArtifact(run.artifactId, { path: folder, findBy });
      return true;
    },
  };
}

/** Uploads one file as it is, so that a click opens it; returns its address. */
export async function uploadPage(event: Event, file: string): Promise<string | undefined> {
  const client = await artifactClient();
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (await find(client, name)) await client.deleteArtifact(name);
  const { id } = await client.uploadArtifact(name, [file], file.slice(0, file.lastIndexOf("/")), { skipArchive: true });
  return id === undefined ? undefined : `${event.runUrl}/artifacts/${id}`;
}

/** Loaded when used: it brings a cloud storage client with it. */
async function artifactClient(): Promise<ArtifactClient> {
  if (!process.env["ACTIONS_RUNTIME_TOKEN"] || !process.env["ACTIONS_RESULTS_URL"])
    throw new UsageError(
      "This step has no access to the run's artifacts (ACTIONS_RUNTIME_TOKEN or ACTIONS_RESULTS_URL is not set). " +
        "Run the action by `uses:` in a GitHub workflow; on your own machine use the `assay` command.",
    );
  const { DefaultArtifactClient } = await import("@actions/artifact");
  return new DefaultArtifactClient();
}

async function find(client: ArtifactClient, name: string) {
  const { artifacts } = await client.listArtifacts({ latest: true });
  return artifacts.find((artifact) => artifact.name === name);
}
