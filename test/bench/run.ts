/** `npm run bench -- <name>…`: measurements side by side with a lower bound or a peer, as ratios. Never part of the tests. */
import bot from "./bot.ts";
import coldStart from "./cold-start.ts";
import drift from "./drift.ts";
import metrics from "./metrics.ts";
import plan from "./plan.ts";
import registry from "./registry.ts";

const benches = [plan, coldStart, metrics, bot, drift, registry];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0 || wanted.length === 0) {
  process.stderr.write(`Usage: npm run bench -- ${benches.map(({ name }) => name).join(" | ")}\n`);
  process.exitCode = 2;
} else for (const bench of benches) if (wanted.includes(bench.name)) await bench.run();
