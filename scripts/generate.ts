/**
 * Everything in the repository that is made from something else: JSON Schemas, reference tables, the app's workflow, the bundle.
 * `npm run check` runs it and wants nothing to have changed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { commandReference } from "../bot/commands/reference.ts";
import { permissionReference } from "../bot/operations/manifest.ts";
import { evidenceJsonSchema } from "../src/evidence/json-schema.ts";
import { checksReference, functionsReference } from "../src/quality/reference.ts";
import { specJsonSchema } from "../src/spec/json-schema.ts";
import { specReference } from "../src/spec/reference.ts";
import { appWorkflow } from "./app-workflow.ts";
import { inputsTable } from "./inputs-table.ts";

const root = join(import.meta.dirname, "..");

const actionFile = z.object({
  name: z.string(),
  inputs: z
    .record(z.string(), z.object({ description: z.string(), required: z.boolean().optional(), default: z.string().optional() }))
    .default({}),
  outputs: z.record(z.string(), z.object({ description: z.string() })).default({}),
});

function writeJson(path: string, value: object): void {
  writeFileSync(join(root, path), `${JSON.stringify(value, null, 2)}\n`);
}

/** Replaces what stands between `<!-- begin: name -->` and `<!-- end: name -->`. */
function fill(path: string, name: string, text: string): void {
  const file = join(root, path);
  const [begin, end] = [`<!-- begin: ${name} -->`, `<!-- end: ${name} -->`];
  const before = readFileSync(file, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place marked ${begin} … ${end}`);
  writeFileSync(file, `${before.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${before.slice(to)}`);
}

writeJson("docs/assay.schema.json", specJsonSchema());
writeJson("docs/evidence.schema.json", evidenceJsonSchema());
fill("docs/assay-yml.md", "reference", specReference());
fill("docs/commands.md", "commands", commandReference());
fill("docs/data-quality.md", "checks", checksReference());
fill("docs/data-quality.md", "functions", functionsReference());
fill("docs/app.md", "permissions", permissionReference());
const workflows = join(root, ".github", "workflows");
writeFileSync(join(workflows, "model-ci-app.yml"), appWorkflow(readFileSync(join(workflows, "model-ci.yml"), "utf8")));
for (const action of ["plan", "train", "evaluate", "drift", "report", "promote"]) {
  const { inputs, outputs } = actionFile.parse(parse(readFileSync(join(root, "actions", action, "action.yml"), "utf8")));
  fill(`actions/${action}/README.md`, "inputs and outputs", inputsTable(inputs, outputs));
}
if (!process.argv.includes("--no-bundle")) await import("./bundle.ts");
