import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Processes } from "../../processes/processes.ts";

/** What a training module threw, for people. */
export interface ModuleFailure {
  /** For the record: where and what kind of error; nothing that the module's own code said. */
  problem: string;
  /** For the log: the error's own words, and of its stack what lies in the user's files. */
  detail: string;
}

interface Place {
  module: string;
  workingDirectory: string;
}

/** @param processes to ask Node for the line of a syntax error, which the error does not hold */
export async function explainModuleError(error: unknown, place: Place, processes: Processes): Promise<ModuleFailure> {
  const { name, message, frames } = parts(error, place);
  const module = fromFolder(place.module, place);
  // Such errors come from Node's own reading of the files, so their words are no data.
  const isSyntax = name === "SyntaxError" && frames.length === 0;
  const isImport = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
  const where = isSyntax ? await syntaxErrorLine(error, place, processes) : frames.map(lineOf)[0];
  const detail = [`${where ?? module}: ${name}: ${message}`, ...frames].join("\n");
  if (isImport)
    return {
      detail,
      problem: `The training module cannot be loaded: ${message}. Install it in train.setup, or mend the import.`,
    };
  if (isSyntax)
    return {
      detail,
      problem: `The training module cannot be loaded: ${where ?? `${module}, or a file that it imports`}: ${name}: ${message}.`,
    };
  return { detail, problem: `The training module failed at ${where ?? module} (${name}); see its output in the log.` };
}

function parts(error: unknown, place: Place) {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, message: String(error), frames: [] };
  const name = /^\w{1,100}$/.test(error.name) ? error.name : "Error";
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => fromFolder(line, place))
    .filter((line) => lineOf(line) !== undefined);
  return { name, message: fromFolder(error.message, place), frames };
}

/** The text with paths below the working directory relative to it. */
function fromFolder(text: string, { workingDirectory }: Place): string {
  return text.replaceAll(`${pathToFileURL(workingDirectory).href}/`, "").replaceAll(workingDirectory + sep, "");
}

/** `    at train (lib/net.mjs:3:9)` → `lib/net.mjs:3`; undefined for frames of Node, of Assay and of packages. */
function lineOf(frame: string): string | undefined {
  const [, path, line] = /^\s+at (?:.* \()?(?:async )?([^():]+):(\d+):\d+\)?$/.exec(frame) ?? [];
  const isOwn = path !== undefined && !/^(?:[/\\]|<)|(?:^|[/\\])node_modules[/\\]/.test(path);
  return isOwn ? `${path}:${line}` : undefined;
}

/** Node writes the place above the error where it knows it: of a wrong import in the stack, of other mistakes when it checks the file. */
async function syntaxErrorLine(error: unknown, place: Place, processes: Processes): Promise<string | undefined> {
  const inStack = firstLine(error instanceof Error ? error.stack : undefined);
  if (inStack !== undefined) return inStack;
  const { stderr } = await processes.capture(process.execPath, ["--check", place.module]);
  return firstLine(stderr);

  function firstLine(text = ""): string | undefined {
    const [line = ""] = fromFolder(text, place).split(/\r?\n/);
    return /^[^:]+:\d+$/.test(line) ? line : undefined;
  }
}
