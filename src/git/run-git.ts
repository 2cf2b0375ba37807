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
  /** Values for configuration keys that must not be seen on a command line, such as tokens. */
  secretConfig?: readonly (readonly [key: string, value: string])[] | undefined;
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
  return (args, { input, secretConfig = [], cwd = root, variables, timeoutSeconds, signal } = {}) => {
    const env = { ...withConfig(inherited, secretConfig), ...variables };
    return processes.capture("git", [...options, ...args], { cwd, input, maxBytes, env, timeoutSeconds, signal });
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

function withConfig(inherited: Record<string, string>, config: readonly (readonly [string, string])[]): Record<string, string> {
  if (config.length === 0) return inherited;
  const first = Number(inherited.GIT_CONFIG_COUNT ?? 0) || 0;
  const env: Record<string, string> = { ...inherited, GIT_CONFIG_COUNT: String(first + config.length) };
  for (const [index, [key, value]] of config.entries()) {
    env[`GIT_CONFIG_KEY_${first + index}`] = key;
    env[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return env;
}
