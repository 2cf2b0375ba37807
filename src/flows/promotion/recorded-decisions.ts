import type { GitHub } from "../../github/github.ts";
import { createDecisionLedger } from "../../ledger/branch-decisions.ts";
import type { Decision } from "../../ledger/decision.ts";
import type { Spec } from "../../spec/spec.ts";
import { resolveActor } from "../../trust/owners.ts";
import type { Result } from "./gather-results.ts";

export interface RecordedRequest {
  model: string;
  /** Where people were shown these. */
  results: readonly Result[];
  /** The default branch's, which name the app. */
  rules: Spec;
}

/**
 * What people decided by the app about the pull requests that showed the results, as far as it counts: the app's own commit, which
 * GitHub signed, added the record, and nothing touched it since. Of waivers those that somebody gave who owns the model now.
 * @returns `ignored`: what does not count, a sentence each
 */
export async function recordedDecisions(
  { model, results, rules }: RecordedRequest,
  { contents, collaborators }: Pick<GitHub, "contents" | "collaborators">,
): Promise<{ decisions: readonly Decision[]; ignored: readonly string[] }> {
  if (rules.app === undefined) return { decisions: [], ignored: [] };
  const shown = results.flatMap(({ uploads }) => uploads.flatMap((upload) => upload.shown?.pullRequest ?? []));
  const decisions: Decision[] = [];
  const ignored: string[] = [];
  for (const { number, base } of new Map(shown.map((pullRequest) => [pullRequest.number, pullRequest])).values()) {
    const bot = `${rules.app}[bot]`;
    const ledger = createDecisionLedger({ contents, repositoryId: base.repositoryId, bot, tip: nothingSeen });
    const found = await ledger.ofPullRequest(number);
    ignored.push(...found.ignored);
    for (const decision of found.decisions) {
      if (decision.schema === "assay.waiver/v1" && decision.model === model) {
        const { by, gate } = decision;
        if (!(await resolveActor(by, rules, collaborators)).owns(model)) {
          ignored.push(`@${by.login}, who waived ${gate}, does not own ${model} now.`);
          continue;
        }
      }
      decisions.push(decision);
    }
  }
  return { decisions, ignored };
}

/** What a rewritten branch lost only takes something away here: nobody but the app can put it back. */
const nothingSeen = { recall: async () => undefined, remember: async () => {} };
