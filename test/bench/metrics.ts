import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { markdownTable } from "markdown-table";
import { z } from "zod";
import { UsageError } from "../../src/errors/errors.ts";

const rows = 1_000_000;
const seed = 7;
const resamples = 2_000;
/** What the script in Python does of them; the rest is extrapolated. */
const measuredResamples = 20;
const limits = { times: 50, gibibytes: 2, difference: 1e-9 };

const change = z.object({ rocAuc: z.number(), f1: z.number(), accuracy: z.number() });
const timesSchema = z.object({ metrics: z.number(), resample: z.number() });
const peerSchema = z.object({
  seconds: timesSchema,
  versions: z.record(z.string(), z.string()),
  values: z.record(z.string(), z.tuple([z.number(), z.number()])),
  changes: z.array(change),
  limits: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
const ownSchema = peerSchema.omit({ versions: true }).extend({ gibibytes: z.number(), resamples: z.int() });

/**
 * All binary metrics of two models and a paired bootstrap interval of AUC, F1 and accuracy on a million rows, beside the same in
 * NumPy and scikit-learn. Each runs in a process of its own, one after the other.
 */
export default { name: "metrics", run };

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-metrics-"));
  try {
    const shared = join(folder, "indices.u32");
    const python = process.env["PYTHON"] ?? "python3";
    const plan = [rows, seed, measuredResamples, shared].map(String);
    const peerAt = join(import.meta.dirname, "metrics-peer.py");
    const peer = peerSchema.parse(JSON.parse(await outputOf(python, [peerAt, ...plan])));
    if (!existsSync(shared)) throw new UsageError(`${peerAt} wrote no indices.`);
    const ownAt = join(import.meta.dirname, "metrics-own.ts");
    const own = ownSchema.parse(JSON.parse(await outputOf(process.execPath, [ownAt, ...plan, String(resamples)])));
    print(own, peer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(own: z.infer<typeof ownSchema>, peer: z.infer<typeof peerSchema>): void {
  const peerBootstrap = (peer.seconds.resample / measuredResamples) * resamples;
  const ownBootstrap = own.seconds.resample;
  const seconds = (value: number) => value.toFixed(value < 10 ? 2 : 0);
  const line = (what: string, ours: number, theirs: number) => [
    what,
    seconds(ours),
    seconds(theirs),
    `${(theirs / ours).toFixed(0)}×`,
  ];
  const ours = own.seconds.metrics + ownBootstrap;
  const theirs = peer.seconds.metrics + peerBootstrap;
  const versions = Object.entries(peer.versions).map(([name, version]) => `${name} ${version}`);
  const difference = furthestApart(own, peer);
  const ratio = theirs / ours;
  const broken = [
    ...(ratio < limits.times ? [`less than ${limits.times}× as fast`] : []),
    ...(own.gibibytes > limits.gibibytes ? [`more than ${limits.gibibytes} GiB`] : []),
    ...(difference > limits.difference ? [`further apart than ${limits.difference}`] : []),
  ];
  const table = markdownTable(
    [
      [`${rows.toLocaleString("en")} rows, two models`, "Assay, s", `${versions.join(", ")}, s`, "ratio"],
      line(`${Object.keys(peer.values).length} metrics of both models`, own.seconds.metrics, peer.seconds.metrics),
      line(`${resamples.toLocaleString("en")} resamples of three changes`, ownBootstrap, peerBootstrap),
      line("together", ours, theirs),
    ],
    { align: ["l", "r", "r", "r"] },
  );
  process.stdout.write(
    `${table}\n\nPython's resamples are extrapolated from ${measuredResamples}; Assay's were all done. CPU seconds; both use one core.\n` +
      `Assay's memory, whole process: ${own.gibibytes.toFixed(2)} GiB.\n` +
      `Values, changes and interval limits on the same ${measuredResamples} resamples: at most ${difference.toExponential(1)} apart.\n` +
      `${broken.length === 0 ? "Within all limits." : `BROKEN: ${broken.join("; ")}.`}\n`,
  );
  if (broken.length > 0) process.exitCode = 1;
}

function furthestApart(own: z.infer<typeof ownSchema>, peer: z.infer<typeof peerSchema>): number {
  const numbers = ({ values, changes, limits: ends }: Pick<typeof peer, "values" | "changes" | "limits">) => [
    ...Object.keys(peer.values).flatMap((name) => values[name] ?? [Number.NaN, Number.NaN]),
    ...changes.flatMap(({ rocAuc, f1, accuracy }) => [rocAuc, f1, accuracy]),
    ...Object.keys(peer.limits).flatMap((name) => ends[name] ?? [Number.NaN, Number.NaN]),
  ];
  const [ours, theirs] = [numbers(own), numbers(peer)];
  const apart = theirs.map((value, i) => Math.abs(value - (ours[i] ?? Number.NaN)));
  return apart.some(Number.isNaN) || ours.length !== theirs.length ? Number.POSITIVE_INFINITY : Math.max(...apart);
}

/** Standard output of a process that ends well; what it says on the way is shown. */
function outputOf(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(parts).toString());
      else reject(new UsageError(`${file} ${args[0]} ended with ${code}. PYTHON has to name one with NumPy and scikit-learn.`));
    });
  });
}
