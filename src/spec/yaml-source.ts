import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument, visit } from "yaml";
import type { SourcePosition } from "../errors/errors.ts";
import { ConfigError, type Diagnostic } from "../errors/errors.ts";
import { firstMistakes } from "./first-mistakes.ts";

const maxBytes = 1_048_576;
/** How many nodes all aliases of a file may stand for: `yaml`'s own guard against alias bombs. */
const maxAliasCount = 1_000;
/** One mistake in the syntax often makes many. */
const maxMistakes = 20;

/** A YAML file with the places that its values came from. */
export interface YamlSource {
  value: unknown;
  /** Place of a value; `key: true` for the key that names it. Where the path ends early, the key of the last part that is there. */
  position(path: readonly PropertyKey[], options?: { key?: boolean }): SourcePosition;
}

/** @throws ConfigError for a file that is too large, is not YAML, repeats a key or hides an alias bomb */
export function readYaml(text: string, file: string): YamlSource {
  const refuse = (diagnostics: readonly Omit<Diagnostic, "path">[]) =>
    new ConfigError(
      firstMistakes(
        diagnostics.map((diagnostic) => ({ path: "", ...diagnostic })),
        maxMistakes,
      ),
    );
  const start = { file, line: 1, column: 1 };
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) {
    throw refuse([
      {
        position: start,
        message: `The file has ${bytes} bytes, more than ${maxBytes}.`,
        fix: "Keep settings here and data elsewhere.",
      },
    ]);
  }

  if (text.includes("\0")) {
    throw refuse([
      {
        position: start,
        message: "The file is not UTF-8 text: it looks like UTF-16 or a binary file.",
        fix: "Save it as UTF-8.",
      },
    ]);
  }

  const at = locator(text, file);
  let document: Document.Parsed;
  try {
    // Duplicates are looked for below: the library's own search takes quadratic time.
    document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: "error" });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refuse([{ position: start, message: "The file is nested too deeply to read.", fix: "Use fewer levels." }]);
  }
  const mistakes = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    position: at(pos[0]),
    ...(code === "MULTIPLE_DOCS"
      ? { message: "A second document begins here; only one is read.", fix: "Put all into one, without --- between." }
      : {
          message: `This is not YAML: ${message.replaceAll(/\s+/g, " ")}.`.replace(/\.+$/, "."),
          fix: "Mend the syntax here; indentation is by spaces.",
        }),
  }));
  if (mistakes.length > 0) throw refuse(mistakes);

  const duplicates = duplicateKeys(document).map(({ key, offset, first }) => ({
    position: at(offset),
    message: `The key ${JSON.stringify(key)} is written twice; first on line ${at(first).line}.`,
    fix: "Keep one of them.",
  }));
  if (duplicates.length > 0) throw refuse(duplicates);

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount, ...(document.directives.yaml.version === "1.1" && { reviver: dayAsText }) });
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    throw refuse([
      { position: start, message: `The aliases cannot be resolved: ${error.message}.`, fix: "Write the values out." },
    ]);
  }
  return { value, position: (path, options) => at(offsetOf(document, path, options?.key ?? false)) };
}

/** Only YAML 1.1 has dates; to us they are texts, as in 1.2. */
function dayAsText(_: unknown, value: unknown): unknown {
  return value instanceof Date ? value.toISOString().replace("T00:00:00.000Z", "") : value;
}

/** Places by offset. The library's own line counter loses lines where it recovers from a mistake. */
function locator(text: string, file: string): (offset: number) => SourcePosition {
  const starts = [0, ...text.matchAll(/\n/g).map(({ index }) => index + 1)];
  return (offset) => {
    const within = Math.min(offset, text.length);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= within) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: within - (starts[low] ?? 0) + 1 };
  };
}

function duplicateKeys(document: Document.Parsed): { key: string; offset: number; first: number }[] {
  const found: { key: string; offset: number; first: number }[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        const offset = key.range?.[0] ?? 0;
        const first = seen.get(name);
        if (first === undefined) seen.set(name, offset);
        else found.push({ key: name, offset, first });
      }
    },
  });
  return found;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], wantsKey: boolean): number {
  let node: unknown = document.contents;
  let keyOffset = startOf(node) ?? 0;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (!isPair(pair)) return keyOffset;
      keyOffset = startOf(pair.key) ?? keyOffset;
      next = pair.value;
    } else if (isSeq(node) && typeof part === "number" && part < node.items.length) {
      next = node.items[part];
      keyOffset = startOf(next) ?? keyOffset;
    } else {
      return keyOffset;
    }
    node = next;
  }
  return wantsKey ? keyOffset : (startOf(node) ?? keyOffset);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
