import { spawn } from "node:child_process";
import { devNull } from "node:os";

export interface GitOptions {
  cwd: string;
  input?: string | undefined;
}

/** Git said no; the message is what it printed. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
}

export async function runGit(args: readonly string[], { cwd, input = "" }: GitOptions): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const child = spawn("git", args, { cwd, env: cleanEnvironment(), stdio: "pipe" });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.on("error", reject);
  child.on("close", (code) => {
    if (code === 0) resolve(Buffer.concat(stdout));
    else reject(new GitFailure(`git ${args.join(" ")}: ${Buffer.concat(stderr).toString("utf8").trim() || `exit code ${code}`}`));
  });
  // Git may end before it has read everything; its exit code tells the story then.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return promise;
}

/** Nobody's own git settings, hooks or identity reach the repositories here. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  return {
    ...inherited,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_AUTHOR_NAME: "GitHub",
    GIT_AUTHOR_EMAIL: "noreply@github.com",
    GIT_COMMITTER_NAME: "GitHub",
    GIT_COMMITTER_EMAIL: "noreply@github.com",
  };
}
