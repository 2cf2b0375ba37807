import { type Digest, shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { modelDigest } from "../../evidence/model-digest.ts";
import { maxEvidenceBytes, parseEvidence } from "../../evidence/parse-evidence.ts";
import { verifySeal } from "../../evidence/seal.ts";
import type { GitHub } from "../../github/github.ts";
import type { Artifact } from "../../github/runs.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { evidenceFileName } from "../job-files.ts";
import { readArtifact } from "../read-artifact.ts";
import { createWhyOtherInputs, type InputsMachine } from "./inputs-of-run.ts";
import { orWrong } from "./or-wrong.ts";
import { createVouching, type Shown, type Vouching } from "./vouch.ts";

export interface ProofRequest {
  model: string;
  /** Of the tagged tree. */
  inputHash: Digest;
  /** That is tagged. */
  commit: string;
  /** The default branch. */
  branch: BranchTip;
}

/** Evidence that a run uploaded, and that the runs which made it vouch for. */
export interface VouchedEvidence {
  evidence: Evidence;
  runId: number;
  /** The merged pull request that showed it; undefined: the protected branch made it. */
  shown: Shown | undefined;
  /** When the run uploaded it, ISO 8601: who approved before cannot have seen it. */
  shownAt: string;
}

export interface Proofs {
  /** The newest first. */
  vouched: readonly VouchedEvidence[];
  /** Why others do not count, a sentence each. */
  passedOver: readonly string[];
  /** A run that uploaded some does not have it any more. */
  isIncomplete: boolean;
}

/** Each is a few requests. */
const maxRuns = 50;

/**
 * The evidence of a tagged tree's inputs that counts, by the one promotion rule: of the very inputs, and made on the protected branch
 * or by a pull request that was merged into it. Any run can upload a file of that name: what counts is what GitHub says of the run,
 * and the inputs that the run's own commit has.
 */
export async function readProof(request: ProofRequest, machine: InputsMachine): Promise<Proofs> {
  const { model, inputHash, branch } = request;
  const { github } = machine;
  const inputs = `inputs ${shortDigest(inputHash)}`;
  const uploads = await github.artifacts.listByName(evidenceFileName(model, inputHash));
  const isOwn = ({ run }: Artifact) => run !== undefined && run.headRepositoryId === run.repositoryId;
  // Anybody can have a fork's run upload as much as they like.
  const ordered = uploads.toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const runs = [...new Set(ordered.flatMap(({ run }) => (run ? [run.id] : [])))];
  const vouching = createVouching(branch, createWhyOtherInputs(request, machine), github);
  const vouched: VouchedEvidence[] = [];
  const passedOver: string[] = [];
  for (const id of runs.slice(0, maxRuns)) {
    const read = await orWrong(() => readUpload(id, request, { vouching, github }));
    if ("wrong" in read) passedOver.push(`Evidence of ${inputs} in run ${id} does not count: ${read.wrong.replace(/\.$/, "")}.`);
    else vouched.push(read);
  }
  if (runs.length > maxRuns) passedOver.push(`${runs.length} runs have evidence of ${inputs}, and ${maxRuns} were asked.`);
  if (runs.length === 0)
    passedOver.push(
      `No run has evidence of ${model} with the tagged tree's ${inputs}: nobody evaluated it, or it has expired. Train and evaluate ${model} in a pull request.`,
    );
  return { vouched, passedOver, isIncomplete: uploads.some(({ expired }) => expired) || runs.length > maxRuns };
}

/** What the run itself kept, the newest of its attempts: nobody can write into that afterwards. @returns else why not, a clause */
async function readUpload(
  id: number,
  { model, inputHash }: ProofRequest,
  { vouching, github }: { vouching: Vouching; github: GitHub },
): Promise<VouchedEvidence | { wrong: string }> {
  const name = evidenceFileName(model, inputHash);
  const run = await github.runs.get(id);
  if (!run) return { wrong: "the run is not there any more" };
  const artifacts = await github.artifacts.ofRun(id);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (!found || found.expired) return { wrong: `it has expired. Train and evaluate ${model} again in a pull request` };
  const evidence = parseEvidence((await readArtifact(github, artifacts)(name, maxEvidenceBytes)) ?? "", name);
  verifySeal(evidence);
  // The seal has the model's digest alone, and its files are what ships.
  const mixed = evidence.trainings.find(({ model: made }) => made && made.digest !== modelDigest(made.files))?.model;
  if (mixed) return { wrong: `it lists files that are not the model of digest ${shortDigest(mixed.digest)}` };
  if (evidence.model !== model || evidence.inputHash !== inputHash)
    return { wrong: `it is of ${evidence.model} and inputs ${shortDigest(evidence.inputHash)}` };
  const by = await vouching.forEvidence(evidence, run);
  return "wrong" in by ? by : { evidence, runId: id, shown: by.shown, shownAt: found.createdAt };
}
