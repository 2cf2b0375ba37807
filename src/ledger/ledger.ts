import type { Evidence } from "../evidence/evidence.ts";

/** Name of the append-only branch. */
export const ledgerBranch = "assay-ledger";

/** Records are files of the ledger branch: `evidence/<model>/<input hash>.json` of baselines, one file a record. */
export interface Ledger {
  /** The sealed evidence of that run of the model, undefined when none is recorded. */
  findEvidence(model: string, inputHash: string): Promise<Evidence | undefined>;
  /** Appends with one commit; retried when somebody else appended meanwhile. Nothing happens when the same record is there. */
  recordEvidence(evidence: Evidence): Promise<void>;
}
