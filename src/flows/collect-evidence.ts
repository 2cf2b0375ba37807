import { join } from "node:path";
import { AssayError } from "../errors/errors.ts";
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

/** Fetches the sealed evidence of every planned model: strictly parsed, its seal checked, of the planned inputs. */
export async function collectEvidence(plan: Plan, machine: FetchMachine): Promise<Collected> {
  const evidence = new Map<string, Evidence>();
  const refused = new Map<string, string>();
  for (const { model, candidate, evaluate } of plan.models) {
    if (!evaluate) continue;
    const folder = await machine.files.makeTemporaryFolder("assay-evidence-");
    try {
      const name = evidenceFileName(model, candidate.inputHash);
      if (!(await machine.jobFiles.fetchFile(name, folder, maxEvidenceBytes))) continue;
      const text = await machine.files.readText(join(folder, name));
      if (text === undefined) continue;
      const parsed = parseEvidence(text, `evidence of ${model}`);
      verifySeal(parsed);
      if (parsed.model !== model || parsed.inputHash !== candidate.inputHash)
        refused.set(
          model,
          `The evidence is of ${parsed.model} with input hash ${parsed.inputHash}, and ${candidate.inputHash} was planned.`,
        );
      else evidence.set(model, parsed);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      refused.set(model, error.message);
    } finally {
      await machine.files.remove(folder);
    }
  }
  return { evidence, refused };
}
