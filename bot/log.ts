import type { Trouble } from "./operations/troubles.ts";
import { redact, type Secrets } from "./redact.ts";

/** Structured, with a word on what happened. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** As pino's, so that Probot and Octokit can write into it: fields and a message, a message alone, or an error alone. */
type Write = (first: unknown, message?: string) => void;
export type ProcessLog = Record<LogLevel, Write> & { child(fields: object): ProcessLog };

export interface LogOptions {
  level: LogLevel;
  secrets: Secrets;
  write(line: string): void;
  /** Hears of warnings and errors, whatever the level; not of those of a subject, which its queue shows. */
  tell?: ((trouble: Trouble) => void) | undefined;
}

/** One line of JSON each. Everything that is written passes here, and nothing secret comes out. */
export function createLog(options: LogOptions, bound: object = {}): ProcessLog {
  const write =
    (level: LogLevel): Write =>
    (first, message) => {
      const fields = first instanceof Error ? { err: first } : typeof first === "object" ? first : { msg: String(first) };
      if (logLevels.indexOf(level) >= logLevels.indexOf("warn") && !(fields && "subject" in fields))
        options.tell?.(troubleOf(fields, message, options.secrets));
      if (logLevels.indexOf(level) < logLevels.indexOf(options.level)) return;
      const entry = {
        time: new Date().toISOString(),
        level,
        ...bound,
        ...fields,
        ...(message !== undefined && { msg: message }),
      };
      options.write(`${lineOf(entry, options.secrets)}\n`);
    };
  return {
    trace: write("trace"),
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    fatal: write("fatal"),
    child: (fields) => createLog(options, { ...bound, ...fields }),
  };
}

function troubleOf(fields: object | null, message: string | undefined, secrets: Secrets): Trouble {
  const error = fields && "err" in fields && fields.err instanceof Error ? fields.err.message : undefined;
  const told = message ?? (fields && "msg" in fields ? String(fields.msg) : undefined);
  return {
    message: redact(told ?? error ?? "an error", secrets),
    detail: told === undefined || error === undefined ? undefined : redact(error, secrets),
  };
}

function lineOf(entry: object, secrets: Secrets): string {
  const replace = (_: string, value: unknown) => {
    if (value instanceof Error) return describeError(value);
    return typeof value === "string" ? redact(value, secrets) : value;
  };
  try {
    return JSON.stringify(entry, replace);
  } catch {
    return JSON.stringify({ ...("msg" in entry && { msg: redact(String(entry.msg), secrets) }), fields: "not writable as JSON" });
  }
}

/** Not all of an error: those of HTTP libraries hold requests with their headers, those of databases their statements. */
function describeError(error: Error): object {
  const { name, message, stack = "", cause } = error;
  const calls = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name,
    message,
    ...("status" in error && typeof error.status === "number" && { status: error.status }),
    ...("code" in error && typeof error.code === "string" && { code: error.code }),
    stack: calls.slice(0, 5).map((line) => line.trim()),
    ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
  };
}
