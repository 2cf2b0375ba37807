/** Exit codes of the `assay` command; the same meaning everywhere a status is needed. */
export const exitCodes = {
  pass: 0,
  gateFailed: 1,
  usage: 2,
  inconclusive: 3,
  github: 4,
  userCommand: 5,
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * A failure that is explained to the person who can mend it. The message names the input, the value, what was
 * expected and the fix. Anything thrown that is not an `AssayError` is a bug of ours.
 */
export abstract class AssayError extends Error {
  abstract readonly exitCode: ExitCode;
}

/** Wrong usage: an argument, an option, a file that is not there or cannot be read as what it should be. */
export class UsageError extends AssayError {
  override readonly name = "UsageError";
  readonly exitCode = exitCodes.usage;
}

/** A place in a text file; line and column count from 1. */
export interface SourcePosition {
  file: string;
  line: number;
  column: number;
}

/** One thing that is wrong in a configuration file. */
export interface Diagnostic {
  position: SourcePosition;
  /** The key's path, such as `models.fraud.train.timeout`. */
  path: string;
  /** What is wrong, with the value that was found. */
  message: string;
  /** What to write instead. */
  fix: string;
}

/** Everything that is wrong in a configuration, reported at once. */
export class ConfigError extends AssayError {
  override readonly name = "ConfigError";
  readonly exitCode = exitCodes.usage;
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnostic).join("\n"));
    this.diagnostics = diagnostics;
  }
}

/** `assay.yml:3:5 models.a.task: "binry" is not a task. Did you mean binary?` */
function formatDiagnostic({ position, path, message, fix }: Diagnostic): string {
  return `${position.file}:${position.line}:${position.column} ${path ? `${path}: ` : ""}${message} ${fix}`;
}

/** What is needed to decide is not there: evidence, a baseline, predictions, a commit. */
export class MissingDataError extends AssayError {
  override readonly name = "MissingDataError";
  readonly exitCode = exitCodes.inconclusive;
}

/** GitHub or the network did not do what was asked. */
export class GitHubError extends AssayError {
  override readonly name = "GitHubError";
  readonly exitCode = exitCodes.github;
  /** HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** When GitHub, whose limit is used up, asks to come back. */
  readonly retryAt: Date | undefined;
  constructor(message: string, options: { status?: number; retryAt?: Date | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
    this.retryAt = options.retryAt;
  }
}

/** A server that a promotion is mirrored to did not do what was asked. */
export class MirrorError extends AssayError {
  override readonly name = "MirrorError";
  readonly exitCode = exitCodes.github;
  /** It may do so in a moment: there was no answer, or it said so. */
  readonly passes: boolean;
  constructor(message: string, options: { passes?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.passes = options.passes ?? false;
  }
}

/** The user's train or predict command did not do what its contract asks. */
export class UserCommandError extends AssayError {
  override readonly name = "UserCommandError";
  readonly exitCode = exitCodes.userCommand;
}
