import * as z from "zod/mini";
import { AssayError, GitHubError } from "../../errors/errors.ts";
import { hideTokens } from "../hide-tokens.ts";

/** What was asked of GitHub, for messages. */
export interface Asked {
  /** Completes "GitHub could not …": `list the comments of #5 in acme/models`. */
  what: string;
  /** Permission of the token that it takes, as a workflow writes it: `pull-requests: write`. */
  permission: string;
}

/** Who asked, for what to do about it. */
export interface Speaker {
  /** A token that no message may have; those that look like GitHub's are in none anyway. */
  secret?: string | undefined;
  /** An app; default a workflow's job. */
  isApp?: boolean | undefined;
}

const requestErrorSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.optional(
    z.object({
      headers: z.record(z.string(), z.optional(z.union([z.string(), z.number()]))),
      data: z.unknown(),
    }),
  ),
});
type RequestError = z.infer<typeof requestErrorSchema>;

const bodySchema = z.object({
  message: z.string(),
  errors: z.optional(z.array(z.union([z.string(), z.object({ code: z.optional(z.string()), message: z.optional(z.string()) })]))),
});

/** What Octokit threw, as our error: what was asked, GitHub's answer, and what to do about it. The token is never in it. */
export function toGitHubError(error: unknown, asked: Asked, speaker: Speaker): AssayError {
  if (error instanceof AssayError) return error;
  const parsed = requestErrorSchema.safeParse(error);
  // Octokit says status 500 also when there was no answer at all.
  const response = parsed.success ? parsed.data.response : undefined;
  if (!parsed.success || response === undefined) {
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    const advice = "Check the network and https://www.githubstatus.com, then run it again.";
    return new GitHubError(hide(`No answer from GitHub on a request to ${asked.what}: ${reason}. ${advice}`, speaker));
  }
  const { status } = parsed.data;
  const said = sentence(answerOf(parsed.data));
  const message = `GitHub answered ${status} on a request to ${asked.what}: ${said} ${adviceFor(parsed.data, asked, speaker)}`;
  return new GitHubError(hide(message.trim(), speaker), { status, retryAt: pauseOf(parsed.data) });
}

/** The codes of GitHub's field errors, such as `already_exists`. */
export function errorCodes(error: unknown): readonly string[] {
  const parsed = requestErrorSchema.safeParse(error);
  const body = bodySchema.safeParse(parsed.data?.response?.data);
  return (body.data?.errors ?? []).map((entry) => (typeof entry === "string" ? entry : (entry.code ?? entry.message ?? "")));
}

export function statusOf(error: unknown): number | undefined {
  const parsed = requestErrorSchema.safeParse(error);
  return parsed.success && parsed.data.response !== undefined ? parsed.data.status : undefined;
}

function answerOf(error: RequestError): string {
  const body = bodySchema.safeParse(error.response?.data);
  if (!body.success) return error.message.slice(0, 500);
  const details = (body.data.errors ?? []).map((entry) =>
    typeof entry === "string" ? entry : [entry.code, entry.message].filter((part) => part !== undefined).join(" "),
  );
  return [body.data.message, ...details].join("; ").slice(0, 500);
}

/** What GitHub asks for where it names no time. */
const usualPauseSeconds = 60;

/** Until when GitHub asks for a pause, of what Octokit threw: a limit is used up. */
export function pauseOf(thrown: unknown): Date | undefined {
  const { data: error } = requestErrorSchema.safeParse(thrown);
  if (!error) return undefined;
  if (error.status !== 403 && error.status !== 429) return undefined;
  const headers = error.response?.headers ?? {};
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(seconds)) return new Date(Date.now() + seconds * 1000);
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  if (String(headers["x-ratelimit-remaining"] ?? "") === "0" && Number.isFinite(reset)) return new Date(reset * 1000);
  const isLimit = error.status === 429 || /rate limit/i.test(answerOf(error));
  return isLimit ? new Date(Date.now() + usualPauseSeconds * 1000) : undefined;
}

/** GitHub refuses this token what was asked. A limit that is used up, which it says by the same status, passes. */
export function isForbidden(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 403 && error.retryAt === undefined;
}

function adviceFor(error: RequestError, asked: Asked, { isApp = false }: Speaker): string {
  const headers = error.response?.headers ?? {};
  if (error.status === 429 || error.status === 403) {
    const pause = pauseOf(error);
    if (pause && headers["retry-after"] === undefined && String(headers["x-ratelimit-remaining"] ?? "") === "0") {
      return `The token's rate limit is used up until ${pause.toISOString()}; run it again then.`;
    }
    if (pause)
      return `GitHub asks for a pause of ${headers["retry-after"] ?? usualPauseSeconds} seconds; run it again after that.`;
    if (isApp) return `Give the app the permission "${asked.permission}", and accept it where the app is installed.`;
    return `Give the job "permissions: { ${asked.permission} }"; runs for forks and Dependabot have no write permission.`;
  }
  if (error.status === 401) {
    const whose = isApp
      ? "check the app's id, its private key and this machine's clock"
      : "a workflow's own token ends with its job";
    return `The token is wrong or has expired; ${whose}.`;
  }
  if (error.status === 404) {
    const check = isApp
      ? `that the app is installed there with the permission "${asked.permission}"`
      : `the repository's name and that the job has "permissions: { ${asked.permission} }"`;
    return `It does not exist, or the token may not see it: check ${check}.`;
  }
  if (error.status === 410) return "It has expired or the feature is switched off in the repository's settings.";
  if (error.status >= 500) return "Check https://www.githubstatus.com and run it again.";
  return "";
}

function reasonOf(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause.message : "";
  const reason = cause && !error.message.includes(cause) ? `${error.message} (${cause})` : error.message;
  return reason.slice(0, 500).replace(/\.$/, "");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function hide(message: string, { secret = "" }: Speaker): string {
  const hidden = hideTokens(message);
  return secret === "" ? hidden : hidden.replaceAll(secret, "***");
}
