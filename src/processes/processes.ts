import { MissingDataError } from "../errors/errors.ts";

/** Port to child processes; `node-processes.ts` implements it. */
export interface Processes {
  /**
   * Runs a program and collects its output; for git and the like. Rejects when output passes `maxBytes` (64 MiB), and with
   * NoAnswerError when it takes longer than it may.
   */
  capture(file: string, args: readonly string[], options?: CaptureOptions): Promise<Captured>;
  /** Starts a program that answers on its output what it is asked on its input; nobody waits for its end. */
  converse(file: string, args: readonly string[], options?: Pick<CaptureOptions, "cwd" | "env">): Conversation;
  /** Runs a user's command line in a shell with live output, a time limit and signals passed on to its whole process group. */
  shell(command: string, options: ShellOptions): Promise<ShellResult>;
  /** Ends a process that an Assay which is no longer there left behind; any other is left alone. Says whether it did. */
  endLeftover(pid: number): Promise<boolean>;
  /** Ends all that the process of this mark left behind, if it is no longer there. Says how many were ended. */
  endLeftovers(mark: string): Promise<number>;
}

export interface CaptureOptions {
  cwd?: string | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  input?: string | undefined;
  maxBytes?: number | undefined;
  /** After which the program is given up, even one that cannot be killed; default: none. */
  timeoutSeconds?: number | undefined;
  /** Aborted when the answer is no longer wanted: the program is given up as when its time is over. */
  signal?: AbortSignal | undefined;
}

/** A program gave no answer in time, or until it was no longer wanted. */
export class NoAnswerError extends MissingDataError {}

export interface Captured {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

/** Answers are read in the order of the questions. Reading rejects when the program has ended, or could not be started. */
export interface Conversation {
  send(text: string): void;
  /** The next line, without its end. */
  line(): Promise<string>;
  bytes(count: number): Promise<Buffer>;
  hasEnded(): boolean;
  /** Closes the program's input, after which it ends. */
  end(): void;
}

export interface ShellOptions {
  cwd: string;
  /** The whole environment of the command, but for the mark by which a later Assay knows what this one left behind. */
  env: Readonly<Record<string, string>>;
  timeoutMinutes: number;
  signal: AbortSignal;
  output: (chunk: string) => void;
  /** After SIGINT or SIGTERM was passed on, how long until SIGKILL. */
  graceSeconds?: number | undefined;
}

export type ShellResult =
  | { outcome: "exited"; exitCode: number; seconds: number }
  | { outcome: "signalled"; signal: string; seconds: number }
  | { outcome: "timed-out"; seconds: number }
  | { outcome: "cancelled"; signal: string; seconds: number }
  | { outcome: "not-started"; message: string; seconds: number };
