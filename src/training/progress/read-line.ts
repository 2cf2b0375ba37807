import * as z from "zod/mini";

/** Where a training says it is, and the numbers it says; names are words, never values of data. */
export interface Reading {
  /** Of the training, or with `ofEpoch` of its epoch. */
  step?: number | undefined;
  steps?: number | undefined;
  ofEpoch?: boolean | undefined;
  epoch?: number | undefined;
  epochs?: number | undefined;
  measures: Readonly<Record<string, number>>;
}

const maxLine = 4_000;
const maxMeasures = 50;
/** Names that files give their numbers count by the same rule. */
export function isMeasureName(name: string): boolean {
  return measureName.test(name);
}

const measureName = /^[A-Za-z][\w./-]{0,99}$/;
const stepNames = ["step", "global_step", "iteration", "iter"];
const stepsNames = ["steps", "total_steps", "max_steps"];
const epochsNames = ["epochs", "num_epochs", "max_epochs"];

/**
 * Reads one line of a trainer's output: an object of numbers as JSON or as Python prints it (Hugging Face), a bar of Keras or
 * tqdm (Lightning), or `Epoch 3/10`. Undefined for any other.
 */
export function readLine(text: string): Reading | undefined {
  if (text.length > maxLine) return undefined;
  const line = withoutTerminal(text).trim();
  if (line.startsWith("{") && line.endsWith("}")) return readObject(line);
  return readTqdm(line) ?? readKeras(line) ?? readEpoch(line);
}

/** Reads the text of a `metrics.json` that DVCLive writes: an object of numbers, nested at will. */
export function readMetricsFile(text: string): Reading | undefined {
  return readObject(text);
}

function readObject(text: string): Reading | undefined {
  const parsed = z.record(z.string(), z.unknown()).safeParse(json(text) ?? json(fromPython(text)));
  if (!parsed.success) return undefined;
  const numbers = new Map(flat(parsed.data, "", 0));
  const take = (names: readonly string[]) => {
    const name = names.find((known) => numbers.has(known));
    const value = name === undefined ? undefined : numbers.get(name);
    for (const known of names) numbers.delete(known);
    return value;
  };
  const [step, steps, epoch, epochs] = [take(stepNames), take(stepsNames), take(["epoch"]), take(epochsNames)];
  if (step === undefined && epoch === undefined) return undefined;
  return { step, steps, epoch, epochs, measures: Object.fromEntries([...numbers].slice(0, maxMeasures)) };
}

function flat(object: Record<string, unknown>, before: string, depth: number): [string, number][] {
  return Object.entries(object).flatMap(([key, value]): [string, number][] => {
    const name = before === "" ? key : `${before}.${key}`;
    if (!measureName.test(name)) return [];
    if (typeof value === "number" && Number.isFinite(value)) return [[name, value]];
    const inner = z.record(z.string(), z.unknown()).safeParse(value);
    return inner.success && depth < 3 ? flat(inner.data, name, depth + 1) : [];
  });
}

/** `Epoch 3:  45%|████▌     | 45/100 [00:12<00:15,  3.60it/s, loss=0.31]` */
function readTqdm(line: string): Reading | undefined {
  const found = /^(?:.{0,100}?)\d{1,3}%\|[^|]{0,500}\| *(\d{1,12})\/(\d{1,12}) \[[^,\]]{0,50}(?:,([^\]]{0,2000}))?\]/.exec(line);
  if (!found) return undefined;
  const [, step, steps, rest = ""] = found;
  const [, epoch] = /^Epoch (\d{1,9})\b/.exec(line) ?? [];
  return {
    step: Number(step),
    steps: Number(steps),
    ...(epoch !== undefined && { epoch: Number(epoch), ofEpoch: true }),
    measures: pairs(rest.split(","), "="),
  };
}

/** `120/469 ━━━━━━━━━━ 3s 7ms/step - accuracy: 0.9130 - loss: 0.3100` */
function readKeras(line: string): Reading | undefined {
  const found = /^(\d{1,12})\/(\d{1,12}) +[[━=>.\]╸╺ -]{5,}(?: |$)(.{0,3000})$/.exec(line);
  if (!found) return undefined;
  const [, step, steps, rest = ""] = found;
  return { step: Number(step), steps: Number(steps), ofEpoch: true, measures: pairs(rest.split(" - "), ":") };
}

/** `Epoch 3/10`, `Epoch [3/10], loss: 0.31` */
function readEpoch(line: string): Reading | undefined {
  const found = /^Epoch:? *\[?(\d{1,9})\/(\d{1,9})\]?(?:[\s:,|-](.{0,3000}))?$/i.exec(line);
  if (!found) return undefined;
  const [, epoch, epochs, rest = ""] = found;
  return { epoch: Number(epoch), epochs: Number(epochs), measures: pairs(rest.split(/[,|]| - /), /\s*[:=]\s*|\s+(?=[-\d])/) };
}

function pairs(parts: readonly string[], between: string | RegExp): Record<string, number> {
  const found = parts.slice(0, maxMeasures).flatMap((part): [string, number][] => {
    const [name = "", value = "", ...more] = part.split(between).map((side) => side.trim());
    const isNumber = /^[-+]?\d+(\.\d*)?(e[-+]?\d+)?$/i.test(value);
    return more.length === 0 && measureName.test(name) && isNumber ? [[name, Number(value)]] : [];
  });
  return Object.fromEntries(found);
}

/** Bars are drawn with colours and by going back. */
function withoutTerminal(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed.
  return text.replaceAll(/\u001b\[[\d;?]*[A-Za-z]|[\u0000-\u0008\u007f]/g, "");
}

function fromPython(text: string): string {
  return text.replaceAll("'", '"').replaceAll(/\b(?:nan|inf|None)\b/g, "null");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
