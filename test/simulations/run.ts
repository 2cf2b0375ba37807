/**
 * `npm run simulate -- coverage | aa | decide | drift-null | drift-power [--quick] [--docs]`: whether intervals, gates and drift keep
 * their word, by seeded simulation. The last line of the output is the worst cell; the exit code is 1 when it broke the word.
 * `--docs` writes the tables into docs/statistics.md and docs/drift.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { simulateAll } from "./pool.ts";
import { simulations } from "./simulations.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, docs: { type: "boolean", default: false } },
});
const chosen = simulations.filter(({ name }) => positionals.includes(name));
if (positionals.length === 0 || chosen.length !== positionals.length) {
  process.stderr.write(`Usage: npm run simulate -- ${simulations.map(({ name }) => name).join(" | ")} [--quick] [--docs]\n`);
  process.exitCode = 2;
}
for (const simulation of chosen) {
  const { tables, worst, kept } = simulation.report(await simulateAll(simulation, values.quick ? "quick" : "full"));
  const text = tables.map((table) => `**${table.title}**\n\n${table.text}`).join("\n\n");
  if (values.docs) writeDocs(simulation.name, text);
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
