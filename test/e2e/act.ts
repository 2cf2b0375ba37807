import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");

export interface ActRequest {
  event: string;
  /** File with the event's payload. */
  eventPath: string;
  /** A checkout of the user's repository at the commit that the run is about. */
  folder: string;
  /** Folder by `owner/name@ref`: the only repositories that can be had. */
  repositories: Readonly<Record<string, string>>;
  /** Labels of the runners that there are. */
  labels: readonly string[];
  secrets: Readonly<Record<string, string>>;
  /** Environment of every step. */
  env: Readonly<Record<string, string>>;
  /** Environment of the machine. */
  machine: Readonly<Record<string, string>>;
  jobStarts: (name: string) => Promise<void>;
  jobEnds: (name: string, conclusion: "success" | "failure") => Promise<void>;
}

export interface ActJob {
  log: string;
  failed: boolean;
  /** Undefined while it runs. */
  conclusion: "success" | "failure" | undefined;
}

export interface ActResult {
  exitCode: number;
  /** By the job's name, as GitHub shows it: `Models / Train tumour`. */
  jobs: ReadonlyMap<string, ActJob>;
  log: string;
}

/** A line of act's log. */
const lineSchema = z.looseObject({
  msg: z.string(),
  job: z.string().optional(),
  jobResult: z.string().optional(),
  stepResult: z.string().optional(),
  matrix: z.record(z.string(), z.unknown()).nullish(),
});

/** The act program: the one that `.ci/tools.sh` installs, else that of the path. @returns undefined when there is none */
export function findAct(): string | undefined {
  const folders = [join(root, ".cache", "tools", "bin"), ...(process.env["PATH"] ?? "").split(delimiter)];
  return folders.map((folder) => join(folder, "act")).find((path) => existsSync(path));
}

/** Runs a repository's workflows by act, on this machine itself. */
export async function runAct(act: string, request: ActRequest): Promise<ActResult> {
  const each = (option: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  const args = [
    ...[request.event, "--json", "--eventpath", request.eventPath, "--directory", request.folder],
    ...["--no-cache-server", "--pull=false", "--actor", "contributor", "--concurrent-jobs", "2"],
    ...each("--local-repository", request.repositories),
    ...each("--platform", Object.fromEntries(request.labels.map((label) => [label, "-self-hosted"]))),
    ...each("--secret", request.secrets),
    ...each("--env", request.env),
  ];
  // act 0.2.89 evaluates `runs-on` of a matrix's jobs in one place that they share: on two threads they now and then meet there,
  // and one is skipped. (For the same reason all of them get the labels of the first.)
  const env = { ...request.machine, GOMAXPROCS: "1" };
  const child = spawn(act, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number>((resolve, reject) => child.on("close", (code) => resolve(code ?? 1)).on("error", reject));
  const jobs = new Map<string, ActJob>();
  let log = "";
  const errors = createInterface({ input: child.stderr }).on("line", (line) => {
    log += `${line}\n`;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const parsed = lineSchema.safeParse(parse(line));
    log += `${parsed.success ? `[${parsed.data.job ?? ""}] ${parsed.data.msg.trimEnd()}` : line}\n`;
    if (!parsed.success || parsed.data.job === undefined) continue;
    const name = jobName(parsed.data.job, parsed.data.matrix);
    if (name === undefined) continue;
    const job = jobs.get(name) ?? { log: "", failed: false, conclusion: undefined };
    if (!jobs.has(name)) {
      jobs.set(name, job);
      await request.jobStarts(name);
    }
    job.log += `${parsed.data.msg.trimEnd()}\n`;
    // Of jobs of one matrix act gives all the result of the worst, so the job's own steps are asked.
    if (parsed.data.stepResult === "failure") job.failed = true;
    if (parsed.data.jobResult === undefined || job.conclusion !== undefined) continue;
    job.conclusion = job.failed ? "failure" : "success";
    await request.jobEnds(name, job.conclusion);
  }
  const exitCode = await closed;
  errors.close();
  return { exitCode, jobs, log };
}

/**
 * Of `Models/Model CI/Train tumour-1`, the caller's workflow, ours and the job with its place in the matrix, what GitHub calls the
 * job; undefined for the job that only calls.
 */
function jobName(path: string, matrix: unknown): string | undefined {
  const [caller, called, ...rest] = path.trim().split("/");
  if (called === undefined || rest.length === 0) return undefined;
  const job = rest.join("/");
  return `${caller} / ${matrix && Object.keys(matrix).length > 0 ? job.replace(/-\d+$/, "") : job}`;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
