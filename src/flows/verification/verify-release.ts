import { join } from "node:path";
import { AssayError } from "../../errors/errors.ts";
import { shortDigest } from "../../evidence/digest.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { parseEvidence } from "../../evidence/parse-evidence.ts";
import { verifySeal } from "../../evidence/seal.ts";
import type { Files } from "../../files/files.ts";
import { ownNames, paperNames } from "../../release/asset-names.ts";
import { parseReleaseRecord, type ReleaseRecord } from "../../release/release-record.ts";
import type { ExpectedSigner } from "../../release/signer.ts";
import { checkBom } from "../../release/verification/check-bom.ts";
import { checkCard } from "../../release/verification/check-card.ts";
import { checkModelFile, checkModelNames, evaluatedFiles } from "../../release/verification/check-model.ts";
import type { FoundFile } from "../../release/verification/check-names.ts";
import { checkRecord, taggerOf } from "../../release/verification/check-record.ts";
import { canRender, checkRendered } from "../../release/verification/check-rendered.ts";
import { verifyModel } from "../sign-model.ts";
import { checkSum, type Listed, listFiles, readListed, readPaper, stopAt, Wrong } from "./release-folder.ts";
import type { Emergency } from "./verify-break-glass.ts";

/** What was looked at, in that order, up to the first thing that is wrong. */
export interface Verification {
  /** Once it could be read. */
  release: ReleaseRecord | undefined;
  evidence: Evidence | undefined;
  /** Sentences. */
  holds: readonly string[];
  /** Empty: all that was looked at holds. */
  wrong: readonly string[];
  /** What is there and proves nothing. */
  notProof: readonly string[];
  notLookedAt: readonly string[];
  /** Stages that it came into although judgement spoke against it: by its own record, and by GitHub's deployments where that was asked. */
  emergencies?: readonly Emergency[];
  /** Neither a run nor a signature says who made the files: nothing is wrong, and nothing proven. */
  isUnproven?: boolean;
}

export interface VerifyRequest {
  folder: string;
  /** Whoever has to have signed it; undefined: nobody is asked for. */
  signer: ExpectedSigner | undefined;
}

/**
 * Holds a release's files against each other and against their signature, with nothing else: no network, no repository.
 * @throws UsageError for a folder that is not there
 */
export async function verifyRelease({ folder, signer }: VerifyRequest, files: Files): Promise<Verification> {
  const holds: string[] = [];
  let release: ReleaseRecord | undefined;
  let sealed: Evidence | undefined;
  let isSigned = false;
  const steps = signer === undefined ? parts : [...parts, "signature"];
  const notLookedAt = () => [
    ...unreached(steps.slice(holds.length + 1)),
    ...(release !== undefined && release.tag.content === undefined ? ["The tag's object: it is not in release.json."] : []),
    ...signatureUnseen(isSigned, signer, holds.length === steps.length),
    ...(release === undefined || holds.length < parts.length ? [] : unseenInPapers(release)),
    "GitHub: whether the tag is still this object, on the default branch, and what the run, the reviews and the rights of those who approved are there.",
  ];
  try {
    const found = await listFiles(folder, files);
    isSigned = found.some(({ name }) => name === paperNames.signature);
    const listed = await readListed(folder, found, files);
    const known: Listed = { folder, listed, digests: new Map(), files };
    holds.push(`Files: exactly the ${listed.size} that SHA256SUMS lists.`);
    const evidence = await readPaper(paperNames.evidence, known, readEvidence);
    sealed = evidence;
    holds.push(`Evidence: reads, and its seal holds: result ${shortDigest(evidence.seal?.resultDigest ?? "")}.`);
    holds.push(await verifyFiles(evidence, found, known));
    const record = await readPaper(paperNames.record, known, parseReleaseRecord);
    release = record;
    stopAt(checkRecord(record, evidence));
    holds.push(decisionOf(record));
    const bom = await readPaper(paperNames.bom, known, (text) => text);
    stopAt(checkBom(bom, record, evidence));
    await readPaper(paperNames.card, known, (card) => {
      stopAt(checkCard(card, record, evidence));
      stopAt(checkRendered({ card, bom }, record, evidence));
    });
    for (const name of listed.keys()) await checkSum(name, known);
    holds.push(
      `Papers: model card and ML-BOM are of this version, model and decision${canRender(record) ? ", and say what evidence.json and release.json have" : ""}.`,
    );
    if (signer !== undefined) {
      if (!isSigned) throw new Wrong("model.sig is not there, so nothing says who made these files.");
      await verifySignature(signer, record.repository, known);
      holds.push(`Signature: over all files, ${signer.who}.`);
    }
    const isUnproven = signer === undefined;
    const emergencies = emergenciesOf(record);
    const verified = { release, evidence: sealed, holds, emergencies, isUnproven };
    return { ...verified, wrong: [], notProof: [], notLookedAt: notLookedAt() };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { release, evidence: sealed, holds, wrong: [error.message], notProof: [], notLookedAt: notLookedAt() };
  }
}

function emergenciesOf({ stage = "a stage", breakGlass }: ReleaseRecord): readonly Emergency[] {
  return breakGlass ? [{ stage, breakGlass }] : [];
}

/** What is looked at one after the other, each of which holds or is wrong. */
const parts = ["files", "evidence", "model", "decision", "papers"];

function unreached(left: readonly string[]): readonly string[] {
  return left.length === 0 ? [] : [`What comes after the first thing that is wrong: ${left.join(", ")}.`];
}

function unseenInPapers(record: ReleaseRecord): readonly string[] {
  return [
    canRender(record)
      ? "What people state in MODEL_CARD.md and ml-bom.cdx.json, and the single gates that the card lists: neither evidence.json nor release.json has them."
      : "What MODEL_CARD.md and ml-bom.cdx.json say besides version, digests, approvals and metrics: another edition of Assay wrote them.",
    `What ${paperNames.page} says: it is for people, and only its checksum was looked at.`,
  ];
}

function signatureUnseen(isSigned: boolean, signer: ExpectedSigner | undefined, isVerified: boolean): readonly string[] {
  if (signer) return isVerified ? [signer.unseen] : [];
  const together = "whoever changes all files together can make them agree";
  return isSigned
    ? [`The signature: ${together}. Name the team's public key with --key, or the workflow that signs with --identity.`]
    : [`Who made the files: they have no signature, and ${together}.`];
}

function decisionOf({ tag, approvals, verdict, stage, breakGlass }: ReleaseRecord): string {
  const tagger = taggerOf(tag);
  const by = tagger === undefined ? "" : ` by ${tagger}`;
  const who = approvals.map(({ by: login, at, headSha }) => `@${login} at ${at} on ${headSha.slice(0, 7)}`).join(", ");
  return `Decision: tag ${tag.name}${by}, object ${tag.object.slice(0, 12)}, commit ${tag.commit.slice(0, 12)}; verdict ${verdict}${stage === undefined ? "" : ` for ${stage}`}; ${who === "" ? (breakGlass ? "approved by nobody" : "nobody's approval was asked for") : `approved by ${who}`}.`;
}

function readEvidence(text: string): Evidence {
  const evidence = parseEvidence(text, paperNames.evidence);
  verifySeal(evidence);
  return evidence;
}

/** @returns what holds */
async function verifyFiles(evidence: Evidence, found: readonly FoundFile[], known: Listed): Promise<string> {
  const evaluated = evaluatedFiles(evidence);
  if ("wrong" in evaluated) throw new Wrong(evaluated.wrong);
  stopAt(checkModelNames(evaluated.files, found, ownNames));
  for (const file of evaluated.files) {
    const sha256 = (await known.files.digest(join(known.folder, file.name))).digest.slice("sha256:".length);
    known.digests.set(file.name, sha256);
    stopAt(checkModelFile(file, { sha256, listed: known.listed.get(file.name) }));
  }
  const [only, another] = evaluated.files;
  const which = another === undefined ? (only?.name ?? "") : `${evaluated.files.length} files`;
  return `Model: ${which}, the very one that was evaluated.`;
}

async function verifySignature(signer: ExpectedSigner, repository: string, { folder, digests, files }: Listed): Promise<void> {
  try {
    const [first] = await verifyModel(folder, join(folder, paperNames.signature), { signer, repository }, files, digests);
    stopAt(first);
  } catch (error) {
    if (error instanceof AssayError) throw new Wrong(`model.sig: ${error.message}`);
    throw error;
  }
}
