import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MissingDataError } from "../errors/errors.ts";
import type { Captured, Conversation, Processes } from "../processes/processes.ts";

/** Listings of a million files fit. */
export const maxBytes = 512 * 1024 * 1024;

/** What every call says: nothing of the repository is executed, names come as they are, nobody is asked anything. */
const settings = [
  ["core.quotepath", "off"],
  ["core.fsmonitor", "false"],
  ["core.hooksPath", "/dev/null"],
  ["protocol.ext.allow", "never"],
  ["credential.interactive", "never"],
  ["http.lowSpeedLimit", "1000"],
  ["http.lowSpeedTime", "60"],
] as const;
const options = settings.flatMap(([key, value]) => ["-c", `${key}=${value}`]);

export interface GitCall {
  input?: string | undefined;
  /** Configuration as git's files have it, that must be seen neither on a command line nor in an environment, such as a token. */
  secretConfig?: string | undefined;
  /** Another folder than the repository's root. */
  cwd?: string | undefined;
  /** Of the environment. */
  variables?: Readonly<Record<string, string>> | undefined;
  timeoutSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Runs git and gives back whatever it said. */
export type RunGit = (args: readonly string[], call?: GitCall) => Promise<Captured>;

/** Starts git to answer many questions. */
export type ConverseWithGit = (args: readonly string[]) => Conversation;

export function createRunGit(
  root: string,
  processes: Processes,
  environment: Readonly<Record<string, string | undefined>>,
): RunGit {
  const inherited = cleanEnvironment(environment);
  return async (args, { input, secretConfig, cwd = root, variables, timeoutSeconds, signal } = {}) => {
    const run = (env: Readonly<Record<string, string>>) =>
      processes.capture("git", [...options, ...args], {
        cwd,
        input,
        maxBytes,
        env: { ...env, ...variables },
        timeoutSeconds,
        signal,
      });
    return secretConfig === undefined ? run(inherited) : inFile(secretConfig, (file) => run(including(inherited, file)));
  };
}

export function createConverseWithGit(
  folder: string,
  processes: Processes,
  environment: Readonly<Record<string, string | undefined>>,
): ConverseWithGit {
  const env = cleanEnvironment(environment);
  return (args) => processes.converse("git", [...options, ...args], { cwd: folder, env });
}

/** As `run`, for calls that must work. */
export async function gitOutput(run: RunGit, args: readonly string[], call?: GitCall): Promise<Buffer> {
  const { exitCode, stdout, stderr } = await run(args, call);
  if (exitCode !== 0) throw new MissingDataError(`\`git ${args[0]}\` failed with exit code ${exitCode}: ${lastLines(stderr)}`);
  return stdout;
}

/** Git's explanation in one line: what it calls fatal or an error, else the end of what it said. */
export function lastLines(stderr: string): string {
  const lines = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const said = lines.filter((line) => /^(fatal|error|remote): /.test(line));
  return (said.length > 0 ? said : lines).slice(-3).join("; ").slice(0, 1_000) || "no message";
}

/** `GIT_DIR` and the like, set inside hooks, would point git at another repository; how to reach a server stays. */
const kept =
  /^GIT_(SSH|SSH_COMMAND|SSL_.*|PROXY_.*|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|CEILING_DIRECTORIES)$/;

function cleanEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const clean: Record<string, string> = { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" };
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && (!/^(GIT_|SSH_ASKPASS)/.test(name) || kept.test(name))) clean[name] = value;
  return {
    ...clean,
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_PAGER: "cat",
  };
}

/** Only this user can read the file, and only for as long as `use` runs. */
async function inFile<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "assay-git-"));
  try {
    const file = join(folder, "config");
    await writeFile(file, text, { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** With the file read after all other configuration. */
function including(inherited: Readonly<Record<string, string>>, file: string): Record<string, string> {
  const place = Number(inherited.GIT_CONFIG_COUNT ?? 0) || 0;
  return {
    ...inherited,
    GIT_CONFIG_COUNT: String(place + 1),
    [`GIT_CONFIG_KEY_${place}`]: "include.path",
    [`GIT_CONFIG_VALUE_${place}`]: file,
  };
}
