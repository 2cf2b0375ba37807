import { UsageError } from "../errors/errors.ts";

/** A text as one word of bash, or of cmd on Windows, where a path cannot hold a quote and `%` cannot be quoted. */
export function quoteForShell(text: string, platform: NodeJS.Platform): string {
  if (platform !== "win32") return `'${text.replaceAll("'", `'\\''`)}'`;
  if (/["%\r\n]/.test(text))
    throw new UsageError(`${text}: a path with ", % or a line break cannot be passed to a command on Windows.`);
  return `"${text}"`;
}
