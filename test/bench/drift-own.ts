/** Assay's side of `npm run bench -- drift`, in a process of its own so that its time and memory can be read. */
import { basename, dirname } from "node:path";
import { openDatasets } from "../../src/data/dataset/open-datasets.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";

const [reference = "", current = ""] = process.argv.slice(2);
const source = (path: string) => ({ folder: dirname(path), paths: [basename(path)] });
const datasets = await openDatasets(
  new Map([
    ["reference", source(reference)],
    ["current", source(current)],
  ]),
  { files: createNodeFiles() },
);
const profile = await datasets.get("reference").profile();
const counts = await datasets.get("current").count(profile);
await datasets.close();
if (counts.columns.length !== profile.columns.length) throw new Error("A column was not counted.");
process.stdout.write(JSON.stringify({ gibibytes: process.resourceUsage().maxRSS / 2 ** 20 }));
