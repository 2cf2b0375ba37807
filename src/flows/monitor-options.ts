import type { Period } from "../data/periods.ts";
import { UsageError } from "../errors/errors.ts";
import { type Called, sentence } from "./called.ts";
import type { MonitorFilesRequest } from "./monitor-files.ts";

interface WrittenWindows {
  rows?: number | undefined;
  number: number;
  by?: string | undefined;
  period?: Period | undefined;
}

export function parseWindows({ rows, number, by, period }: WrittenWindows, called: Called): MonitorFilesRequest["windows"] {
  if (by !== undefined && rows !== undefined)
    throw new UsageError(
      sentence(`${called("by")} and ${called("window-rows")} both say how rows are cut. Leave one of the two out.`),
    );
  if (by === undefined && period !== undefined)
    throw new UsageError(
      sentence(`${called("period")} is of a column of times: name it with ${called("by")}, or leave the period out.`),
    );
  if (by !== undefined) return { by, period };
  return rows === undefined ? { number } : { size: rows };
}

/** Columns of scores: `p` of the positive label, or of several labels `red=p_red,blue=p_blue`. */
export function parseScores(
  score: string | undefined,
  task: MonitorFilesRequest["task"],
  called: Called,
): MonitorFilesRequest["scores"] {
  const written = (score ?? "").split(",").filter((part) => part.trim() !== "");
  if (score !== undefined && written.length === 0)
    throw new UsageError(sentence(`${called("score")} names no column. Write it, or leave the option out.`));
  if (task === "regression" && written.length > 0)
    throw new UsageError(
      sentence(
        `${called("score")} is about probabilities of labels, and ${called("task", "regression")} predicts numbers. Leave one of the two out.`,
      ),
    );
  if (task !== "multiclass") {
    if (written.length > 1)
      throw new UsageError(
        sentence(
          `${called("score")}: of two labels name one column, the positive label's probability; of more add ${called("task", "multiclass")}.`,
        ),
      );
    return written.map((column) => ({ label: undefined, column: column.trim() }));
  }
  return written.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1 || at === pair.length - 1)
      throw new UsageError(
        sentence(
          `${called("score")}: ${JSON.stringify(pair)} is not a label and its column. Write red=p_red,blue=p_blue,green=p_green.`,
        ),
      );
    return { label: pair.slice(0, at).trim(), column: pair.slice(at + 1).trim() };
  });
}
