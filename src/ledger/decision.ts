import * as z from "zod/mini";
import { digest } from "../evidence/digest-schema.ts";
import { idSchema, shaSchema } from "../github/ids.ts";

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

const decided = {
  /** A fork has the same numbers, commits and, with the app installed there, an app that signs. */
  repositoryId: idSchema,
  pullRequest: idSchema,
  /** Head commit that was shown to whoever decided. */
  headSha: shaSchema,
  by: z.strictObject({ id: z.int(), login: text(100) }),
  at: z.iso.datetime(),
};

/** An owner accepts this result of these inputs, whatever commit has them. */
const approvalSchema = z.strictObject({
  schema: z.literal("assay.approval/v1"),
  ...decided,
  model: text(200),
  inputHash: digest,
  resultDigest: digest,
  via: z.enum(["command", "button", "review"]),
});

/** An owner accepts a gate's result on the pull request until the end of a day. */
const waiverSchema = z.strictObject({
  schema: z.literal("assay.waiver/v1"),
  ...decided,
  model: text(200),
  gate: text(1_000),
  reason: text(2_000),
  until: z.iso.date(),
});

/** An owner lets a fork's commit be trained on the repository's own machines. */
const allowanceSchema = z.strictObject({
  schema: z.literal("assay.allowance/v1"),
  ...decided,
  /** The pull request's last force push then, by GitHub's id of it: after another one the commit may be back, and was another's head. */
  forcePush: z.optional(idSchema),
});

export const decisionSchema = z.discriminatedUnion("schema", [approvalSchema, waiverSchema, allowanceSchema]);
/** What a person decided about a pull request; a record of the ledger. */
export type Decision = z.infer<typeof decisionSchema>;

/** What the ledger has about a pull request, at one of its commits. */
export interface Decided {
  /** Undefined: there is no ledger yet. */
  tip?: string | undefined;
  /** Those that count, oldest first: each was added by the app's own verified commit and nothing was rewritten since. */
  decisions: readonly Decision[];
  /** What is there and does not count, a sentence of plain text each. */
  ignored: readonly string[];
}

export interface DecisionLedger {
  /**
   * Appends with one commit; nothing happens when the same decision is there.
   * @returns the branch's tip with it
   * @throws UsageError when the branch was rewritten: nothing in it would count
   */
  record(decision: Decision): Promise<string>;
  /**
   * @param known what was read before: it holds as long as the branch is where it was
   * @returns `isWhole`: the branch goes on from where it was seen last; else nothing in it counts
   */
  ofPullRequest(number: number, known?: Decided): Promise<Decided & { isWhole: boolean }>;
}
