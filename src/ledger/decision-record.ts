import { english } from "../errors/english.ts";
import { UsageError } from "../errors/errors.ts";
import { canonicalJson, digestOf, shortDigest } from "../evidence/digest.ts";
import { type Decision, decisionSchema } from "./decision.ts";

/** Folders of the ledger with a folder a pull request. */
const folders = {
  "assay.approval/v1": "approvals",
  "assay.waiver/v1": "waivers",
  "assay.allowance/v1": "allowances",
} as const;

/** How many files may have a decision's name: one that somebody pushed there does not keep the app from recording it. */
export const maxRecordsOfDecision = 5;

/**
 * Path of a record: `approvals/<pull request>/<model>/<digest>.json`, `waivers/<pull request>/<model>/…`,
 * `allowances/<pull request>/…`, and `…-2.json` and so on where somebody else put a file. The digest is of what was decided by
 * whom, not of when and how, so that a decision that is recorded twice is one file.
 */
export function decisionPath(decision: Decision, number = 1): string {
  const { schema, pullRequest, by } = decision;
  const what = keyOf(decision);
  const digest = shortDigest(digestOf(canonicalJson({ ...what, by: by.id })), 32);
  const model = "model" in decision ? `${decision.model}/` : "";
  return `${folders[schema]}/${pullRequest}/${model}${digest}${number === 1 ? "" : `-${number}`}.json`;
}

function keyOf(decision: Decision) {
  const { schema, repositoryId, pullRequest, headSha } = decision;
  const common = { schema, repositoryId, pullRequest, headSha };
  if (decision.schema === "assay.approval/v1") {
    const { model, inputHash, resultDigest } = decision;
    return { ...common, model, inputHash, resultDigest };
  }
  if (decision.schema === "assay.waiver/v1") {
    const { model, gate, reason, until } = decision;
    return { ...common, model, gate, reason, until };
  }
  if (decision.schema === "assay.allowance/v1" && decision.forcePush !== undefined)
    return { ...common, forcePush: decision.forcePush };
  return common;
}

/** Whether the file can hold a decision about the pull request, by its path. */
export function isAboutPullRequest(path: string, pullRequest: number): boolean {
  return path.endsWith(".json") && Object.values(folders).some((folder) => path.startsWith(`${folder}/${pullRequest}/`));
}

/** JSON that people can read and `git diff` can show. */
export function formatDecision(decision: Decision): string {
  return `${JSON.stringify(decision, null, 1)}\n`;
}

/** For `git log`. */
export function decisionMessage(decision: Decision): string {
  const { schema, pullRequest, headSha, by } = decision;
  const what = "model" in decision ? decision.model : headSha.slice(0, 7);
  const verb = { "assay.approval/v1": "Approve", "assay.waiver/v1": "Waive a gate of", "assay.allowance/v1": "Allow" }[schema];
  return `${verb} ${what} for #${pullRequest} by ${by.login}`;
}

const maxBytes = 16 * 1024;

/**
 * A decision from the ledger, of which nothing is believed by being there.
 * @throws UsageError that says what is wrong with it
 */
export function parseDecision(bytes: Uint8Array, path: string): Decision {
  if (bytes.length > maxBytes)
    throw new UsageError(`${path} has ${bytes.length} bytes, more than the ${maxBytes} of a decision.`);
  const parsed = decisionSchema.safeParse(parseJson(bytes, path), english);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`${path} is no decision: ${issue?.path.join(".") || "record"}: ${issue?.message ?? "not known"}.`);
  }
  const decision = parsed.data;
  const places = Array.from({ length: maxRecordsOfDecision }, (_, index) => decisionPath(decision, index + 1));
  if (!places.includes(path)) throw new UsageError(`${path} is not the place of what it says, which is ${places[0]}.`);
  return decision;
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), (key, value: unknown) => {
      if (key === "__proto__") throw new UsageError(`${path} has a key "__proto__", which no decision has.`);
      return value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} is not JSON.`);
  }
}
