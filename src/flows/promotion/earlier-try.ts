import type { GitHub } from "../../github/github.ts";
import type { ReleaseFile } from "../../publishing/publish-release.ts";
import { type AskedBreakGlass, decidePromotion } from "../../registry/decide-promotion.ts";
import { formatTagName } from "../../registry/tag-name.ts";
import { parseReleaseRecord, type ReleaseRecord } from "../../release/release-record.ts";
import { Wrong } from "../verification/release-folder.ts";
import { verifyBreakGlass } from "../verification/verify-break-glass.ts";
import { orWrong } from "./or-wrong.ts";
import { plannedRelease, type Shipment } from "./planned-release.ts";
import type { PromotionMachine } from "./promotion-machine.ts";

/**
 * What a try before this one released, which was interrupted between publishing and recording it: its papers name who had approved and who
 * had asked for break-glass by then, all of whom have to count now, and the version that was in use then. They are written anew by what is decided now, so that
 * nothing else passes for them.
 * @param text of the published release's `release.json`
 * @returns the files; or why no promotion released that, a sentence
 */
export async function earlierTry(
  text: string,
  shipment: Shipment,
  folder: string,
  machine: PromotionMachine,
): Promise<readonly ReleaseFile[] | { wrong: string }> {
  const record = await orWrong(async () => parseReleaseRecord(text));
  if ("wrong" in record) return { wrong: `Its release.json is ${record.wrong}.` };
  const { model, version } = shipment.facts;
  const named = record.approvals.map((given) => ({
    ...{ by: given.by },
    found: shipment.approvals.find(
      ({ login, headSha, at, via }) => login === given.by && headSha === given.headSha && at === given.at && via === given.via,
    ),
  }));
  const gone = named.filter(({ found }) => found === undefined).map(({ by }) => `@${by}`);
  if (gone.length > 0)
    return { wrong: `Its release.json names approvals of ${version} that do not count any more: ${gone.join(", ")}.` };
  const approvals = named.flatMap(({ found }) => found ?? []);
  const asked = await askedThen(record, shipment, machine.github);
  if (asked && "wrong" in asked) return asked;
  const { proof } = shipment.facts;
  const then = decidePromotion({
    ...{ ...shipment.facts, breakGlass: asked },
    proof: "wrong" in proof ? proof : { ...proof, approvals },
  });
  if (then.outcome === "refuse")
    return { wrong: `With what its release.json says it was not promoted: ${then.reasons.join(" ")}` };
  const predecessor = record.follows;
  const isTagged = (follows: string) =>
    shipment.tags.names.includes(formatTagName({ model, action: "register", version: follows }));
  if (predecessor !== undefined && !isTagged(predecessor))
    return { wrong: `Its release.json says that it follows ${predecessor}, of which there is no tag.` };
  const { breakGlass } = then;
  const earlier = { ...shipment, approvals, predecessor, breakGlass };
  const { files } = await plannedRelease(earlier, folder, { ...machine, sign: undefined });
  return files;
}

/**
 * Who asked for break-glass by the papers: who asks now may be others, or the same by new comments, without whom nothing is promoted.
 */
async function askedThen(
  record: ReleaseRecord,
  { facts, law }: Shipment,
  github: GitHub,
): Promise<AskedBreakGlass | undefined | { wrong: string }> {
  const { breakGlass } = record;
  if (!breakGlass || !facts.breakGlass) return facts.breakGlass;
  try {
    const lost = await verifyBreakGlass({ ...record, breakGlass }, law, github);
    if (lost.length > 0) return { wrong: lost.join(" ") };
    return { ...facts.breakGlass, issue: breakGlass.issue, askedBy: breakGlass.askedBy };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { wrong: error.message };
  }
}
