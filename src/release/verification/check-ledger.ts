import type { Digest } from "../../evidence/digest.ts";
import { visible } from "../../markdown/escape.ts";

/** A file of the ledger, and who put it there. */
export interface LedgerFile {
  path: string;
  /** One, unless somebody changed the file afterwards. */
  commits: readonly { author: string | undefined; verified: boolean }[];
}

/** That a person approved the very result, or waived a gate of it. */
export interface LedgerDecision extends LedgerFile {
  by: string;
  did: "approved" | "waived a gate";
}

/** A promotion of the very version. */
export interface LedgerPromotion extends LedgerFile {
  stage: string;
  /** Of the release's `SHA256SUMS`. */
  sums: Digest;
}

export interface LedgerFacts {
  branch: string;
  /** Name of the app, by `app` of the default branch's assay.yml; undefined: nobody's records count. */
  app: string | undefined;
  /** Its tip where this clone fetched it last, if it does not have that any more. */
  lost: string | undefined;
  decisions: readonly LedgerDecision[];
  promotions: readonly LedgerPromotion[];
  /** Of the `SHA256SUMS` that was released. */
  sums: Digest;
  tag: string;
}

/**
 * What the ledger says of a version. Anybody who can push can write there: what a commit that GitHub signed for an app did not add is
 * no record of anything, and of what is not proof it says so.
 */
export function checkLedger({
  branch,
  app,
  lost,
  decisions,
  promotions,
  sums,
  tag,
}: LedgerFacts): { wrong: string } | { notProof: readonly string[] } {
  if (lost !== undefined)
    return { wrong: `Branch ${branch} was rewritten: it does not have ${lost.slice(0, 12)} any more, which this clone fetched.` };
  const forged = decisions.find((decision) => !isBy(app, recorderOf(decision)));
  if (forged && (app !== undefined || recorderOf(forged) === undefined))
    return {
      wrong: `${visible(forged.path)} on branch ${branch} says that @${visible(forged.by)} ${forged.did}, and ${whoPushed(app, recorderOf(forged))}.`,
    };
  if (promotions.length === 0)
    return {
      wrong: `Branch ${branch} has no promotion of ${tag}: it was rewritten, or the promotion was interrupted. Promote again.`,
    };
  // A release that was deleted and promoted again has other papers than the stages before it were told.
  const [other] = promotions;
  if (other && !promotions.some((promotion) => promotion.sums === sums))
    return {
      wrong: `${visible(other.path)} on branch ${branch} is of other files: the SHA256SUMS that came into ${visible(other.stage)} was ${other.sums.slice(0, 19)}…, and this one is ${sums.slice(0, 19)}….`,
    };
  const notProof = [...decisions, ...promotions].flatMap((file) => {
    const recorder = recorderOf(file);
    if (isBy(app, recorder)) return [];
    const why =
      recorder === undefined
        ? "no app recorded it, and anybody who can push can write there"
        : `${visible(recorder)} recorded it, ${app === undefined ? "and assay.yml names no `app` whose records count" : `which is not ${app}`}`;
    return [`${visible(file.path)} on branch ${branch}: ${why}.`];
  });
  return { notProof };
}

/** The app whose commit, signed by GitHub, added the file, where nothing touched it since. */
function recorderOf({ commits }: LedgerFile): string | undefined {
  const [only, another] = commits;
  if (another !== undefined || only?.verified !== true || only.author === undefined) return undefined;
  // Any workflow of the repository commits as the second.
  return only.author.endsWith("[bot]") && only.author !== "github-actions[bot]" ? only.author : undefined;
}

function isBy(app: string | undefined, recorder: string | undefined): boolean {
  return app !== undefined && recorder === `${app}[bot]`;
}

function whoPushed(app: string | undefined, recorder: string | undefined): string {
  return recorder === undefined
    ? "no app recorded it: somebody pushed it"
    : `${visible(recorder)} recorded it, where assay.yml names ${app} as the app`;
}
