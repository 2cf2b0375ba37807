import * as z from "zod/mini";
import type { RayAddress } from "./address.ts";
import { askHttp } from "./http.ts";
import { readWebSocket } from "./read-web-socket.ts";

/**
 * What is used of the Ray Jobs API: https://docs.ray.io/en/latest/cluster/running-applications/job-submission/rest.html and,
 * for packages, what Ray's own client does.
 */
export interface RayJobs {
  /** Undefined: the cluster knows no such job. */
  find(id: string): Promise<RayJob | undefined>;
  /** Rejects when the cluster did not take it: one of the same id may have been there before, or the answer was lost. */
  submit(job: RaySubmission): Promise<void>;
  hasPackage(name: string): Promise<boolean>;
  putPackage(name: string, content: Uint8Array): Promise<void>;
  stop(id: string): Promise<void>;
  /** All of the job's log. */
  log(id: string): Promise<string>;
  /** Passes on the job's log from its beginning, until the job has ended or the connection has; aborting ends it too. */
  followLog(id: string, output: (text: string) => void, signal: AbortSignal): Promise<void>;
}

const jobSchema = z.object({
  status: z.enum(["PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"]),
  driver_exit_code: z.nullish(z.int()),
  start_time: z.nullish(z.number()),
  metadata: z.nullish(z.record(z.string(), z.string())),
});
export type RayJob = z.infer<typeof jobSchema>;

const logSchema = z.object({ logs: z.string() });

export interface RaySubmission {
  submission_id: string;
  entrypoint: string;
  runtime_env: { working_dir: string; env_vars: Readonly<Record<string, string>> };
  metadata: Readonly<Record<string, string>>;
  entrypoint_num_cpus?: number | undefined;
  entrypoint_num_gpus?: number | undefined;
}

/** The cluster gave no answer, or one that says nothing of the job. The message is a sentence part and names no header. */
export class RayUnreachableError extends Error {
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }

  /** Whether the same request may do later. */
  get mayPass(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

const requestMs = 30_000;
const uploadMs = 10 * 60_000;
const maxQuoted = 300;

export function createRayJobs({ url, headers }: RayAddress): RayJobs {
  const jobAt = (id: string) => `/api/jobs/${encodeURIComponent(id)}`;
  const packageAt = (name: string) => `/api/packages/gcs/${encodeURIComponent(name)}`;

  return {
    async find(id) {
      const { status, text } = await ask("GET", jobAt(id));
      if (status === 404) return undefined;
      if (status !== 200) throw refused(status, text);
      const parsed = jobSchema.safeParse(json(text));
      if (!parsed.success) throw new RayUnreachableError(`${url} answered, but not as a Ray cluster does about a job`, status);
      return parsed.data;
    },
    async submit(job) {
      const { status, text } = await ask("POST", "/api/jobs/", { body: JSON.stringify(job), type: "application/json" });
      if (status !== 200) throw refused(status, text);
    },
    async hasPackage(name) {
      const { status, text } = await ask("GET", packageAt(name));
      if (status !== 200 && status !== 404) throw refused(status, text);
      return status === 200;
    },
    async putPackage(name, content) {
      const body = { body: content, type: "application/octet-stream" };
      const { status, text } = await ask("PUT", packageAt(name), body, uploadMs);
      if (status !== 200) throw refused(status, text);
    },
    async stop(id) {
      const { status, text } = await ask("POST", `${jobAt(id)}/stop`);
      if (status !== 200) throw refused(status, text);
    },
    async log(id) {
      const { status, text } = await ask("GET", `${jobAt(id)}/logs`);
      const parsed = logSchema.safeParse(json(text));
      if (status !== 200 || !parsed.success) throw refused(status, text);
      return parsed.data.logs;
    },
    followLog: (id, output, signal) => readWebSocket(`${url}${jobAt(id)}/logs/tail`, { headers, output, signal }),
  };

  async function ask(method: string, path: string, sent?: { body: string | Uint8Array; type: string }, timeoutMs = requestMs) {
    const all = { ...headers, ...(sent && { "Content-Type": sent.type }) };
    try {
      return await askHttp(`${url}${path}`, { method, headers: all, body: sent?.body, timeoutMs });
    } catch (error) {
      if (isNotHttp(error))
        throw new RayUnreachableError(
          `what answers at ${url} is not Ray's dashboard, whose port is 8265 unless it was changed: it does not speak HTTP`,
        );
      throw new RayUnreachableError(`${url} could not be reached (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  function refused(status: number, text: string): RayUnreachableError {
    if (status === 401 || status === 403)
      return new RayUnreachableError(`${url} refused access (${status}); set RAY_AUTH_TOKEN or RAY_JOB_HEADERS`, status);
    return new RayUnreachableError(`${url} answered ${status}${said(text)}`, status);
  }
}

/** As Node's HTTP parser names its errors. */
function isNotHttp(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("HPE_");
}

/** The last line of an answer: of a Python traceback the one that says what was wrong. */
function said(text: string): string {
  const lines = text.split("\n").filter((line) => /[A-Za-z]/.test(line));
  const last = lines.at(-1)?.trim();
  return last ? `: ${last.slice(0, maxQuoted)}` : "";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
