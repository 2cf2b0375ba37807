import { countingApprovals, type PromotionApproval } from "../../registry/decide-promotion.ts";
import type { Promote } from "../../spec/spec.ts";
import type { ReleaseRecord } from "../release-record.ts";

/**
 * Whether those who approved by the release's own record did, by GitHub as it is now, and still may.
 * @param now approvals of the very result as GitHub has them
 */
export function checkApprovals(
  record: ReleaseRecord,
  now: readonly PromotionApproval[],
  { rules, branch }: { rules: Promote | undefined; branch: string },
): { wrong: string } | { notProof: readonly string[] } {
  const { model, approvals, stage } = record;
  const found = new Map(now.map((approval) => [approval.login.toLowerCase(), approval]));
  const notProof: string[] = [];
  for (const { by, headSha, via } of approvals) {
    const there = found.get(by.toLowerCase());
    if (there && !there.isOwner) return { wrong: `@${by}, who approved it, does not own ${model} any more.` };
    if (there) continue;
    if (via === "review")
      return {
        wrong: `@${by} approved ${headSha.slice(0, 7)} by release.json, and GitHub has no such approval of this result any more.`,
      };
    notProof.push(`@${by}'s approval by ${via}: it counts where \`app\` of assay.yml names the app that recorded it.`);
  }
  // What was missing is what was gone around.
  if (record.breakGlass) return { notProof };
  // Papers that do not say which stage are asked what the strictest one asks.
  const needed = (stage === undefined ? Math.max(0, ...(rules?.approvals.values() ?? [])) : rules?.approvals.get(stage)) ?? 1;
  const counting = countingApprovals(rules, now).length;
  if (counting >= needed) return { notProof };
  return {
    wrong: `${stage ?? model} needs ${needed} ${needed === 1 ? "approval" : "approvals"} by assay.yml on ${branch} as it is now, and ${counting} of this result ${counting === 1 ? "counts" : "count"}.${notProof.map((why) => ` ${why}`).join("")}`,
  };
}
