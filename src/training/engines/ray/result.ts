import { dirname, join } from "node:path";
import * as z from "zod/mini";
import { type FileRecord, fileRecordSchema } from "../../../evidence/evidence.ts";
import type { Files } from "../../../files/files.ts";

/** What a job's script leaves when its commands have ended; see `job-script.ts`. */
const resultSchema = z.intersection(
  z.object({
    schema: z.literal("assay.ray-result/v1"),
    job: z.string().check(z.maxLength(200)),
    startedAt: z.iso.datetime(),
    seconds: z.number().check(z.gte(0)),
    setupCommand: z.optional(z.int().check(z.gte(1))),
    /** Declared outputs, paths relative to the job's `output/`; empty unless the commands ended well. */
    files: z.array(fileRecordSchema).check(z.maxLength(10_010)),
  }),
  z.discriminatedUnion("outcome", [
    z.object({ outcome: z.literal("exited"), exitCode: z.int() }),
    z.object({ outcome: z.literal("timed-out") }),
  ]),
);
export type JobResult = z.infer<typeof resultSchema>;

const maxResultBytes = 16 * 1_024 ** 2;

/** Undefined: there is none of this very job, or none that can be read. */
export async function readResult(files: Files, folder: string, job: string): Promise<JobResult | undefined> {
  const path = join(folder, "result.json");
  const size = (await files.stat(path))?.bytes;
  if (size === undefined || size > maxResultBytes) return undefined;
  const parsed = resultSchema.safeParse(json((await files.readText(path, maxResultBytes)) ?? ""));
  return parsed.success && parsed.data.job === job ? parsed.data : undefined;
}

/**
 * Copies the files that the result names, each as the digest says that it was written.
 * @returns what is wrong, a sentence part; then nothing of it is left in `to`
 */
export async function copyOutputs(
  files: Files,
  { from, to, records }: { from: string; to: string; records: readonly FileRecord[] },
): Promise<string | undefined> {
  for (const { path, digest } of records) {
    const problem = await copyOne(path, digest);
    if (problem === undefined) continue;
    await files.remove(to);
    return problem;
  }
  return undefined;

  async function copyOne(path: string, digest: string): Promise<string | undefined> {
    // A link would be read here, and lead to what lies on this machine.
    for (let part = path; part !== "."; part = dirname(part))
      if ((await files.readLink(join(from, part))) !== undefined) return `${part} is a link there`;
    if (!(await files.exists(join(from, path)))) return `${path} is not there`;
    await files.copy(join(from, path), join(to, path));
    const found = (await files.digest(join(to, path))).digest;
    return found === digest ? undefined : `${path} should be ${digest}, and ${found} was found`;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
