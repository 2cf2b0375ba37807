import { basename, dirname, join } from "node:path";
import type { Artifact, ArtifactClient, FindOptions } from "@actions/artifact";
import { MissingDataError, UsageError } from "../../src/errors/errors.ts";
import type { Files } from "../../src/files/files.ts";
import { type JobFiles, tooLarge } from "../../src/flows/job-files.ts";
import type { Event } from "./event.ts";

/** Ten trainings with as many files as evidence may name of one. */
const maxUnpackedFiles = 100_000;
/** What is left of the disk for everything else. */
const keptFree = 1_024 ** 3;

/** Job files as workflow artifacts, by the official client. */
export function createArtifactJobFiles(files: Files, event: Pick<Event, "owner" | "name">, token: string | undefined): JobFiles {
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
      return downloadAsIs({ client, files, artifact: found }, (archive) => unpack(name, archive, folder, files));
    },
    async keepFile(file) {
      await uploadAsIs(await artifactClient(), file);
    },
    async fetchFile(name, folder, maxBytes) {
      const client = await artifactClient();
      const found = await find(client, name);
      if (!found) return false;
      if (found.size > maxBytes) throw new UsageError(tooLarge(name, found.size, maxBytes));
      // Whatever it holds: a job that runs a repository's code could have put an archive under our name.
      return downloadAsIs({ client, files, artifact: found }, (file) => files.copy(file, join(folder, name)));
    },
    async remove(name) {
      const client = await artifactClient();
      if (await find(client, name)) await client.deleteArtifact(name);
    },
    unfinishedEvery: 300,
    async fetchFrom(run, folder) {
      if (run.runId === undefined || run.artifactId === undefined) return false;
      if (!token) throw new UsageError(`Reusing ${run.origin} needs the input \`github-token\` with \`actions: read\`.`);
      const findBy: Download["findBy"] = {
        token,
        workflowRunId: run.runId,
        repositoryOwner: event.owner,
        repositoryName: event.name,
      };
      const client = await artifactClient();
      const { artifacts } = await client.listArtifacts({ findBy });
      const found = artifacts.find(({ id }) => id === run.artifactId);
      if (!found) return false;
      return downloadAsIs({ client, files, artifact: found, findBy }, (archive) => unpack(found.name, archive, folder, files));
    },
  };
}

interface Download {
  client: ArtifactClient;
  files: Files;
  artifact: Artifact;
  /** The run whose artifact it is; without it this one. */
  findBy?: FindOptions["findBy"];
}

/**
 * Downloads into a folder of its own, where `use` finds the one file that came; false when none did.
 * @throws MissingDataError when it is larger than the disk has room for
 */
async function downloadAsIs(
  { client, files, artifact, findBy }: Download,
  use: (file: string) => Promise<void>,
): Promise<boolean> {
  const folder = await files.makeTemporaryFolder("assay-download-");
  try {
    const room = await roomIn(folder, files);
    if (artifact.size > room)
      throw new MissingDataError(
        `${artifact.name} is not downloaded: it has ${artifact.size} bytes, and there is room for ${room} here. Free disk space, or make it smaller.`,
      );
    await client.downloadArtifact(artifact.id, { path: folder, skipDecompress: true, ...(findBy && { findBy }) });
    const [only] = await files.list(folder);
    if (only !== undefined) await use(join(folder, only));
    return only !== undefined;
  } finally {
    await files.remove(folder);
  }
}

/** The official client unpacks whatever a job put under our name, until the disk is full. */
async function unpack(name: string, archive: string, folder: string, files: Files): Promise<void> {
  const { unzip } = await import("../../src/files/unzip.ts");
  await files.makeFolder(folder);
  await unzip(name, archive, folder, { maxFiles: maxUnpackedFiles, maxBytes: await roomIn(folder, files) });
}

async function roomIn(folder: string, files: Files): Promise<number> {
  return Math.max(0, (await files.freeBytes(folder)) - keptFree);
}

/** Uploads one file as it is, so that a click opens it; returns its address. */
export async function uploadPage(event: Event, file: string): Promise<string | undefined> {
  const { id } = await uploadAsIs(await artifactClient(), file);
  return id === undefined ? undefined : `${event.runUrl}/artifacts/${id}`;
}

async function uploadAsIs(client: ArtifactClient, file: string) {
  const name = basename(file);
  if (await find(client, name)) await client.deleteArtifact(name);
  return client.uploadArtifact(name, [file], dirname(file), { skipArchive: true });
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
