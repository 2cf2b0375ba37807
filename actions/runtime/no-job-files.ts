import type { JobFiles } from "../../src/flows/job-files.ts";

/** For actions that hand on nothing but outputs. */
export const noJobFiles: JobFiles = {
  keep: () => Promise.reject(new Error("This action keeps no files.")),
  keepFile: () => Promise.reject(new Error("This action keeps no files.")),
  fetchFile: () => Promise.resolve(false),
  fetch: () => Promise.resolve(false),
  remove: () => Promise.resolve(),
  unfinishedEvery: Number.POSITIVE_INFINITY,
  fetchFrom: () => Promise.resolve(false),
};
