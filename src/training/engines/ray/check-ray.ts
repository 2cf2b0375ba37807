import { join } from "node:path";
import type { Files } from "../../../files/files.ts";
import { type RayJobs, RayUnreachableError } from "./jobs-api.ts";

/** What keeps trainings from being handed to the cluster. */
export async function checkRay(jobs: RayJobs, storage: string, files: Files): Promise<string[]> {
  return [...(await checkStorage(storage, files)), ...(await checkCluster(jobs))];
}

async function checkStorage(storage: string, files: Files): Promise<string[]> {
  const what = `${storage}, the storage of the Ray engine,`;
  if (!(await files.stat(storage))?.isFolder)
    return [`${what} is no folder here. Mount it on the runner and on the cluster under the same path.`];
  const probe = join(storage, `.assay-probe-${process.pid}`);
  try {
    await files.write(probe, "");
    await files.remove(probe);
    return [];
  } catch (error) {
    return [`${what} cannot be written here (${error instanceof Error ? error.message : String(error)}).`];
  }
}

async function checkCluster(jobs: RayJobs): Promise<string[]> {
  try {
    await jobs.find("assay-is-there-a-cluster");
    return [];
  } catch (error) {
    if (error instanceof RayUnreachableError) return [`The Ray cluster cannot be used: ${error.message}.`];
    throw error;
  }
}
