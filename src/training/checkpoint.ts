import * as z from "zod/mini";
import { digestPattern } from "../evidence/digest.ts";
import { fileRecordSchema, type Source, sourceSchema } from "../evidence/evidence.ts";

const schemaId = "assay.checkpoint/v1";

/** What lies beside the files of a checkpoint: whose they are, and each with its digest. */
const checkpointSchema = z.strictObject({
  schema: z.literal(schemaId),
  model: z.string().check(z.maxLength(200)),
  inputHash: z.string().check(z.regex(digestPattern)),
  seed: z.int(),
  /** Counts up over all attempts: the highest is the latest. */
  number: z.int().check(z.gte(1)),
  /** The attempt that made it; how far it may be trusted follows from what GitHub says of that run. */
  source: sourceSchema,
  /** Paths relative to the checkpoint folder. */
  files: z.array(fileRecordSchema).check(z.maxLength(100_000)),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const maxManifestBytes = 64 * 1_024 ** 2;

/** The training that wants to go on. */
export interface Wanted {
  model: string;
  inputHash: string;
  seed: number;
  repository: string;
  /** The workflow run that it was fetched from; undefined: this one, or this machine. */
  fromRun: number | undefined;
}

export function formatCheckpoint(checkpoint: Omit<Checkpoint, "schema">): string {
  return `${JSON.stringify({ schema: schemaId, ...checkpoint }, null, 2)}\n`;
}

/** The manifest when the training may go on from it, else why not, a sentence part. Whether its files are there is not looked at. */
export function readCheckpoint(text: string | undefined, wanted: Wanted): { checkpoint: Checkpoint } | { refused: string } {
  const parsed = checkpointSchema.safeParse(json(text ?? ""));
  if (!parsed.success) return { refused: "it has no manifest that can be read" };
  const checkpoint = parsed.data;
  if (checkpoint.model !== wanted.model) return { refused: `it is of the model ${checkpoint.model}` };
  if (checkpoint.inputHash !== wanted.inputHash)
    return { refused: `its input hash is ${checkpoint.inputHash}, and ${wanted.inputHash} is trained` };
  if (checkpoint.seed !== wanted.seed) return { refused: `it is of seed ${checkpoint.seed}, and ${wanted.seed} is trained` };
  const refused = claimedElsewhere(checkpoint.source, wanted);
  return refused === undefined ? { checkpoint } : { refused };
}

function claimedElsewhere({ repository, run }: Pick<Source, "repository" | "run">, wanted: Wanted): string | undefined {
  if (repository !== wanted.repository) return `it was made in ${repository}, and this is ${wanted.repository}`;
  if (wanted.fromRun !== undefined && run?.id !== wanted.fromRun)
    return `run ${wanted.fromRun} kept it, and it says that run ${run?.id ?? "none"} made it`;
  return undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
