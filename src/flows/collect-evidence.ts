import { join } from "node:path";
import { AssayError, GitHubError } from "../errors/errors.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { maxEvidenceBytes, parseEvidence } from "../evidence/parse-evidence.ts";
import { verifySeal } from "../evidence/seal.ts";
import type { Plan } from "../plan/plan.ts";
import type { FetchMachine } from "./fetch-run.ts";
import { evidenceFileName } from "./job-files.ts";

export interface Collected {
  evidence: ReadonlyMap<string, Evidence>;
  /** Models whose evidence cannot be believed, with the reason. */
  refused: ReadonlyMap<string, string>;
}

/**
 * A text that the run kept by that name, undefined when there is none.
 * @throws UsageError or MissingDataError when it has more than `maxBytes`, or cannot be had any more
 */
export type ReadKept = (name: string, maxBytes: number) => Promise<string | undefined>;

/**
 * The sealed evidence of every planned model: strictly parsed, its seal checked, of the planned inputs.
 * @throws GitHubError when GitHub does not send it
 * @param whyNotOf what else speaks against evidence of the right inputs, such as that another run made it
 */
export async function collectEvidence(
  plan: Plan,
  read: ReadKept,
  whyNotOf: (evidence: Evidence) => string | undefined = () => undefined,
): Promise<Collected> {
  const evidence = new Map<string, Evidence>();
  const refused = new Map<string, string>();
  for (const { model, candidate, evaluate } of plan.models) {
    if (!evaluate) continue;
    try {
      const text = await read(evidenceFileName(model, candidate.inputHash), maxEvidenceBytes);
      if (text === undefined) continue;
      const parsed = parseEvidence(text, `evidence of ${model}`);
      verifySeal(parsed);
      const wrong =
        parsed.model !== model || parsed.inputHash !== candidate.inputHash
          ? `The evidence is of ${parsed.model} with input hash ${parsed.inputHash}, and ${candidate.inputHash} was planned.`
          : whyNotOf(parsed);
      if (wrong === undefined) evidence.set(model, parsed);
      else refused.set(model, wrong);
    } catch (error) {
      // What GitHub did not send says nothing about the evidence.
      if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
      refused.set(model, error.message);
    }
  }
  return { evidence, refused };
}

/** Reads what the jobs of this run kept. */
export function readJobFile({ files, jobFiles }: FetchMachine): ReadKept {
  return async (name, maxBytes) => {
    const folder = await files.makeTemporaryFolder("assay-evidence-");
    try {
      return (await jobFiles.fetchFile(name, folder, maxBytes)) ? await files.readText(join(folder, name), maxBytes) : undefined;
    } finally {
      await files.remove(folder);
    }
  };
}
