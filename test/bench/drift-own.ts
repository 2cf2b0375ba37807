/** Assay's side of `npm run bench -- drift`, in a process of its own so that its time and memory can be read. */
import { createNodeFiles } from "../../src/files/node-files.ts";
import { compareTables } from "../../src/flows/compare-tables.ts";

const [reference = "", current = ""] = process.argv.slice(2);
const machine = { files: createNodeFiles(), progress: () => undefined };
const { result } = await compareTables(
  { reference, current, folder: process.cwd(), preset: "assay", exclude: [], types: new Map(), public: [] },
  machine,
);
if (result.columns.some(({ tests }) => tests.length === 0)) throw new Error("A column was not compared.");
process.stdout.write(JSON.stringify({ gibibytes: process.resourceUsage().maxRSS / 2 ** 20 }));
