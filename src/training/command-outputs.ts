import { basename, join } from "node:path";
import type { Training } from "../evidence/evidence.ts";
import type { Files } from "../files/files.ts";
import type { Model } from "../spec/spec.ts";
import { recordModel } from "./model-record.ts";
import { readReportedMetrics } from "./reported-metrics.ts";

/** What a training command wrote, or what is wrong with it, for people. */
export type CollectedOutputs = Pick<Training, "model" | "reported"> & { problem?: string };

const maxModelFiles = 10_000;
const maxMetricsBytes = 1024 * 1024;

export interface OutputFolders {
  workingDirectory: string;
  /** The command's ASSAY_OUTPUT_DIR. */
  outputFolder: string;
  runFolder: string;
}

/**
 * Where a command's declared outputs are taken from: ASSAY_OUTPUT_DIR first, then the working directory, where a file that was
 * there before the command counts only when the command has written it.
 * @param files of this machine
 * @returns what collects the outputs once the command has ended; made before it starts
 */
export async function watchOutputs(files: Files, outputs: Model["train"]["outputs"], folders: OutputFolders) {
  const declared = [outputs.model, ...(outputs.metrics === undefined ? [] : [outputs.metrics])];
  const before = new Map<string, string>();
  for (const path of declared) before.set(path, await fingerprint(files, join(folders.workingDirectory, path)));

  return async function collect(): Promise<CollectedOutputs> {
    const modelAt = await find(outputs.model);
    if (typeof modelAt !== "string") return { problem: `No model was written. ${modelAt.problem}` };
    const copied = await copyModel(files, modelAt, join(folders.runFolder, "model"));
    if (copied !== undefined) return { problem: copied };
    const model = await recordModel(files, join(folders.runFolder, "model"));
    if (outputs.metrics === undefined) return { model };

    const metricsAt = await find(outputs.metrics);
    if (typeof metricsAt !== "string") return { model, problem: `No metrics were written. ${metricsAt.problem}` };
    const stat = await files.stat(metricsAt);
    if (stat?.isFolder || (stat?.bytes ?? 0) > maxMetricsBytes)
      return {
        model,
        problem: `${outputs.metrics} is a folder or has more than ${maxMetricsBytes} bytes. Write one small JSON file.`,
      };
    const metrics = readReportedMetrics(outputs.metrics, (await files.readText(metricsAt)) ?? "");
    if ("problem" in metrics) return { model, problem: metrics.problem };
    await files.write(join(folders.runFolder, "metrics.json"), `${JSON.stringify(metrics.numbers, null, 2)}\n`);
    return { model, reported: metrics.numbers };
  };

  async function find(path: string): Promise<string | { problem: string }> {
    const given = join(folders.outputFolder, path);
    if ((await fingerprint(files, given)) !== "") return given;
    const own = join(folders.workingDirectory, path);
    const now = await fingerprint(files, own);
    if (now === "")
      return {
        problem: `The command ended well, but ${path} is neither in $ASSAY_OUTPUT_DIR nor in the working directory. Write it to one of them.`,
      };
    if (now === before.get(path))
      return {
        problem: `${path} in the working directory was there before and this run did not write it, so it does not count. Write it to $ASSAY_OUTPUT_DIR.`,
      };
    return own;
  }
}

/** Changes whenever something was written at the path, even the same bytes; empty when there is no file. */
async function fingerprint(files: Files, path: string): Promise<string> {
  const found = await files.stat(path);
  if (!found) return "";
  const paths = found.isFolder ? (await files.list(path)).map((name) => join(path, name)) : [path];
  const lines: string[] = [];
  for (const file of paths) {
    const stat = await files.stat(file);
    lines.push(`${file} ${stat?.modifiedNs} ${(await files.digest(file)).digest}`);
  }
  return lines.join("\n");
}

/** Copies a file, or what is in a folder, into the run's model folder; says why not. */
async function copyModel(files: Files, from: string, modelFolder: string): Promise<string | undefined> {
  await files.remove(modelFolder);
  if (!(await files.stat(from))?.isFolder) {
    await files.copy(from, join(modelFolder, basename(from)));
    return undefined;
  }
  const paths = await files.list(from);
  if (paths.length > maxModelFiles) return `The model has ${paths.length} files; at most ${maxModelFiles} are kept. Pack them.`;
  for (const path of paths) await files.copy(join(from, path), join(modelFolder, path));
  return undefined;
}
