import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { english } from "../errors/english.ts";
import { MirrorError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { TrackingServer } from "./tracking-server.ts";

export interface Question {
  /** After "MLflow … could not": `create a run`. */
  what: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the server's address, encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  json?: unknown;
  bytes?: Blob;
  /** Codes of MLflow's that are answers, not failures: undefined is returned. */
  fine?: readonly string[];
}

const answerWithinMs = 60_000;
const transferWithinMs = 60 * 60_000;
const maxAnswerBytes = 16 * 1024 ** 2;

/** One request whose answer is JSON. @returns undefined where the server gave a code that is fine */
export async function askJson<Schema extends z.ZodMiniType>(
  server: TrackingServer,
  schema: Schema,
  question: Question,
): Promise<z.output<Schema> | undefined> {
  const answer = await ask(server, question);
  if (answer === undefined) return undefined;
  const text = await readText(answer, maxAnswerBytes, question, server);
  // An upload is answered with nothing.
  const value = parseJson(text || "{}");
  const parsed = schema.safeParse(value, english);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MirrorError(
    `${server.url} was asked to ${question.what}, and its answer is none of MLflow's${value === undefined ? "" : ` (${issue?.path.join(".")}: ${issue?.message})`}. Check that MLFLOW_TRACKING_URI is the address of an MLflow server of version 2 or 3.`,
  );
}

/** One request whose answer is a file. @returns undefined where there is none, or it has more bytes than that */
export async function askDigest(server: TrackingServer, question: Question, maxBytes: number): Promise<Digest | undefined> {
  const answer = await ask(server, question);
  if (answer === undefined) return undefined;
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) return undefined;
      hash.update(chunk);
    }
  } catch (error) {
    throw unreachable(server, question, error);
  }
  return `sha256:${hash.digest("hex")}`;
}

async function ask(server: TrackingServer, question: Question): Promise<Response | undefined> {
  const { method, path, query, json, bytes, fine = [] } = question;
  const isTransfer = path.includes("mlflow-artifacts/");
  const headers = {
    ...server.headers,
    ...(json === undefined ? {} : { "content-type": "application/json" }),
    ...(bytes === undefined ? {} : { "content-type": "application/octet-stream" }),
  };
  const body = json === undefined ? bytes : JSON.stringify(json);
  let answer: Response;
  try {
    answer = await fetch(`${server.url}/${path}${query ? `?${new URLSearchParams(query)}` : ""}`, {
      ...{ method, headers },
      ...(body === undefined ? {} : { body }),
      // Credentials go to the server that was named, and nowhere else.
      redirect: "manual",
      signal: AbortSignal.timeout(isTransfer ? transferWithinMs : answerWithinMs),
    });
  } catch (error) {
    throw unreachable(server, question, error);
  }
  if (answer.ok) return answer;
  const { status } = answer;
  if (status >= 300 && status < 400) {
    await answer.body?.cancel();
    throw new MirrorError(
      `${server.url} was asked to ${question.what}, and sends elsewhere (${status}). Name the address that it sends to in MLFLOW_TRACKING_URI; where that is a login page, credentials are missing.`,
    );
  }
  const said = failureSchema.safeParse(parseJson(await readText(answer, 64 * 1024, question, server)));
  if (said.success && fine.includes(said.data.error_code)) return undefined;
  throw refusal(server, question, status, said.success ? said.data.message : undefined);
}

const failureSchema = z.object({ error_code: z.string(), message: z._default(z.string(), "") });

function refusal({ url }: TrackingServer, { what }: Question, status: number, message: string | undefined): MirrorError {
  const said = message ? `: ${oneLine(message)}` : "";
  const asked = `MLflow at ${url} did not ${what} (${status}${said}).`;
  if (status === 401 || status === 403)
    return new MirrorError(
      `${asked} Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, to an account that may edit the experiment and the registered model.`,
    );
  const passes = status === 429 || status >= 500;
  return new MirrorError(passes ? `${asked} Its log says why.` : asked, { passes });
}

function unreachable({ url }: TrackingServer, { what }: Question, error: unknown): MirrorError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  return new MirrorError(
    `MLflow at ${url} gave no answer when it was asked to ${what} (${oneLine(reason)}). See that the server runs, and that MLFLOW_TRACKING_URI is its address.`,
    { passes: true, cause: error },
  );
}

/** Cut short where it has too many bytes, so that it is no JSON. */
async function readText(answer: Response, maxBytes: number, question: Question, server: TrackingServer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      if (bytes > maxBytes) return "…";
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(server, question, error);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a server says is shown as it is to no terminal. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
