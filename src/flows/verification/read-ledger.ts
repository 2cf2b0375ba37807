import type { Digest } from "../../evidence/digest.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import type { Decision } from "../../ledger/decision.ts";
import { isAboutPullRequest, parseDecision } from "../../ledger/decision-record.ts";
import { ledgerBranch } from "../../ledger/ledger.ts";
import { readPromotions } from "../../ledger/read-promotions.ts";
import type { VersionState } from "../../registry/registry-state.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import type { LedgerDecision, LedgerFacts, LedgerFile, LedgerPromotion } from "../../release/verification/check-ledger.ts";

export interface LedgerRequest {
  release: ReleaseRecord;
  /** Of the release's `SHA256SUMS`. */
  sums: Digest;
  /** A clone, which knows where the branch was. */
  git: Git;
  github: GitHub;
}

/** What the ledger branch says of the version, and who put it there. */
export async function readLedger(
  { release, sums, git, github }: LedgerRequest,
  state: VersionState,
  app: string | undefined,
): Promise<LedgerFacts> {
  const { contents } = github;
  const current = await contents.branchTip(ledgerBranch);
  const known = await git.resolve(`refs/remotes/origin/${ledgerBranch}`);
  const isLost = known !== undefined && (current === undefined || !(await contents.isAncestor(known, current)));
  const facts = { branch: ledgerBranch, app, sums, tag: release.tag.name, lost: isLost ? known : undefined };
  if (current === undefined || isLost) return { ...facts, decisions: [], promotions: [] };
  const { model, version, pullRequest, tag } = release;
  const put = async (path: string): Promise<LedgerFile> => ({ path, commits: await contents.history(path, current, 2) });
  const decisions: LedgerDecision[] = [];
  const paths = pullRequest === undefined ? [] : await contents.list("", current);
  const about = paths.filter((path) => pullRequest !== undefined && isAboutPullRequest(path, pullRequest));
  for (const path of about.slice(0, maxFiles)) {
    const decision = decisionIn((await contents.peek(path, current))?.bytes, path);
    const did = decision && whatWasDone(decision, release);
    if (decision && did) decisions.push({ ...(await put(path)), by: decision.by.login, did });
  }
  const assigned = [...state.stages.values()].flat().filter(({ action }) => action === "assign");
  const stageTags = assigned.map(({ stage, tag: { name, commit } }) => ({ model, stage, tag: name, commit }));
  const { records, paths: places } = await readPromotions(contents, stageTags, current);
  const promotions: LedgerPromotion[] = [];
  for (const [stageTag, { stage, sums: shipped, ...record }] of records) {
    if (record.version !== version || record.tagObject !== tag.object) continue;
    promotions.push({ ...(await put(places.get(stageTag) ?? "")), stage, sums: shipped });
  }
  return { ...facts, decisions, promotions };
}

/** Each is a request or two. */
const maxFiles = 200;

function whatWasDone(decision: Decision, release: ReleaseRecord): LedgerDecision["did"] | undefined {
  if (!("model" in decision) || decision.model !== release.model) return undefined;
  if (decision.schema === "assay.waiver/v1") return "waived a gate";
  return decision.inputHash === release.inputHash && decision.resultDigest === release.resultDigest ? "approved" : undefined;
}

function decisionIn(bytes: Uint8Array | undefined, path: string): Decision | undefined {
  try {
    return bytes && parseDecision(bytes, path);
  } catch {
    // Nobody takes it for one.
    return undefined;
  }
}
