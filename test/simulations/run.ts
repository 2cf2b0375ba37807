/** `npm run simulate`; `--help` says what it does. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSimulateArguments, usageOfSimulate } from "./arguments.ts";
import { simulateAll } from "./pool.ts";
import { simulations } from "./simulations.ts";

const known = simulations.map(({ name }) => name);
const given = parseSimulateArguments(process.argv.slice(2), known);
if (given === "help") {
  process.stdout.write(usageOfSimulate(known));
  process.exit(0);
}
if ("wrong" in given) {
  process.stderr.write(`${given.wrong}\n\n${usageOfSimulate(known)}`);
  process.exit(2);
}
const { names, quick, docs } = given;
for (const simulation of simulations.filter(({ name }) => names.includes(name))) {
  const { tables, worst, kept } = simulation.report(await simulateAll(simulation, quick ? "quick" : "full"));
  const text = tables.map((table) => `**${table.title}**\n\n${table.text}`).join("\n\n");
  if (docs) writeDocs(simulation.name, text);
  process.stdout.write(`${text}\n\n${simulation.name}: ${worst}\n`);
  if (!kept) process.exitCode = 1;
}

function writeDocs(name: string, text: string): void {
  const path = join(import.meta.dirname, "..", "..", "docs", name.startsWith("drift") ? "drift.md" : "statistics.md");
  const [begin, end] = [`<!-- simulated: ${name} -->`, `<!-- end: ${name} -->`];
  const page = readFileSync(path, "utf8");
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${path} has no part between ${begin} and ${end}.`);
  writeFileSync(path, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}
