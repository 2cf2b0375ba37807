import { shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import { compareEvidence } from "../../release/verification/compare-evidence.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { evidenceFileName } from "../job-files.ts";
import type { InputsMachine } from "../promotion/inputs-of-run.ts";
import { type Proofs, readProof, type VouchedEvidence } from "../promotion/read-proof.ts";
import { Wrong } from "./release-folder.ts";

export interface RunRequest extends InputsMachine {
  release: ReleaseRecord;
  evidence: Evidence;
}

export type VouchedRun = { uploads: readonly VouchedEvidence[]; notProofs: readonly string[] } | { notProof: readonly string[] };

/** Whether a run that counts made the result, and uploaded this very evidence of it. */
export async function verifyRun({ release, evidence, ...machine }: RunRequest, branch: BranchTip): Promise<VouchedRun> {
  const { github } = machine;
  const { model, inputHash, resultDigest, tag } = release;
  const proofs = await readProof({ model, inputHash, commit: tag.commit, branch }, machine);
  const uploads = proofs.vouched.filter(({ evidence: made }) => made.seal?.resultDigest === resultDigest);
  if (uploads.length > 0) return { uploads, notProofs: whyNotUploaded(evidence, uploads, proofs) };
  const id = evidence.source.run?.id;
  if (id === undefined) throw new Wrong("evidence.json was made by hand: only a workflow run can be vouched for.");
  const kept =
    (await github.runs.get(id)) &&
    (await github.artifacts.ofRun(id)).find(({ name }) => name === evidenceFileName(model, inputHash));
  if (!kept || kept.expired)
    return {
      notProof: [
        `Run ${id}, which evidence.json names, does not have its evidence any more, so GitHub cannot say that it made it, nor what was approved.`,
      ],
    };
  const others = proofs.vouched.map(
    ({ runId, evidence: made }) => `run ${runId} has result ${shortDigest(made.seal?.resultDigest ?? "")}`,
  );
  throw new Wrong(`No run that counts made result ${shortDigest(resultDigest)}: ${[...others, ...proofs.passedOver].join(" ")}`);
}

/** The result's digest says nothing of what else is in evidence: when and on what it was made, and what was measured beside it. */
function whyNotUploaded(
  evidence: Evidence,
  uploads: readonly VouchedEvidence[],
  { isIncomplete }: Pick<Proofs, "isIncomplete">,
): readonly string[] {
  const [nearest] = uploads
    .map(({ runId, evidence: made }) => ({ runId, differing: compareEvidence(evidence, made) }))
    .toSorted((a, b) => a.differing.length - b.differing.length);
  if (!nearest || nearest.differing.length === 0) return [];
  const { runId, differing } = nearest;
  const named = differing.slice(0, maxDiffering).join("; ");
  const more = differing.length > maxDiffering ? `; and ${differing.length - maxDiffering} more` : "";
  const said = `evidence.json has the result that run ${runId} uploaded, and is not that evidence: ${named}${more}.`;
  if (isIncomplete) return [`${said} A run whose upload is not there any more may have made it.`];
  throw new Wrong(said);
}

const maxDiffering = 5;
