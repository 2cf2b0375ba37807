/** What a script takes on its command line. */
export interface ScriptArgument {
  /** `--model`; the name alone where it is positional. */
  name: string;
  positional: boolean;
  /** It has to be given. */
  required: boolean;
  /** What its name says it is for. */
  role: ArgumentRole | undefined;
}

export type ArgumentRole = "model" | "data" | "out";

const declared =
  /(?:\.add_argument|@click\.(?:option|argument)|\.option|add_option)\(\s*((?:["'][^"'\n]*["']\s*,?\s*)+)([^)]*)\)/g;

/** Arguments by argparse, click and the like, and by position in `argv`, in the order in which they are declared. */
export function argumentsIn(text: string): readonly ScriptArgument[] {
  const named = [...text.matchAll(declared)].map(([whole, names = "", rest = ""]) => parserArgument(whole, names, rest));
  const found = named.filter((argument) => argument !== undefined);
  return found.length > 0 ? found : positionsIn(text);
}

function parserArgument(whole: string, names: string, rest: string): ScriptArgument | undefined {
  const all = [...names.matchAll(/["']([^"'\n]*)["']/g)].map(([, name = ""]) => name);
  const name = all.find((one) => /^--[\w-]+/.test(one)) ?? all[0];
  if (name === undefined || !/^-{0,2}[A-Za-z][\w-]*/.test(name)) return undefined;
  const flag = /^-{0,2}[A-Za-z][\w-]*/.exec(name)?.[0] ?? name;
  const positional = !flag.startsWith("-");
  const optional = /default\s*=|nargs\s*=\s*["'][?*]|action\s*=\s*["']store_|required\s*=\s*False/.test(rest);
  const required = positional ? !optional : /required\s*=\s*True/.test(whole);
  return { name: flag, positional, required, role: roleOf(flag) };
}

/** `model, data, out = sys.argv[1:4]`, `const [model, data, out] = process.argv.slice(2)`, or one by one. */
function positionsIn(text: string): ScriptArgument[] {
  const all = /^\s*(?:const |let )?[([]?([\w, ]+)[)\]]?\s*=\s*(?:sys\.argv\[1:\d*\]|process\.argv\.slice\(2\))/m.exec(text)?.[1];
  if (all !== undefined) return all.split(",").map((name) => position(name.trim(), roleOf(name)));
  const found = new Map<number, ScriptArgument>();
  for (const line of text.split("\n"))
    for (const { index, 1: program, 2: at } of line.matchAll(/\b(sys\.argv|process\.argv|args)\[+(\d)\]/g)) {
      const before = line.slice(0, index);
      const name = /^\s*(?:const |let )?([A-Za-z_]\w*)\s*(?:=|<-)/.exec(before)?.[1];
      // Node's own two come first there.
      const place = Number(at) - (program === "process.argv" ? 1 : 0);
      const role = roleOfUse(before) ?? (name === undefined ? undefined : roleOf(name));
      if (place > 0 && !found.has(place)) found.set(place, position(name ?? `argument ${place}`, role));
    }
  const last = Math.max(0, ...found.keys());
  return Array.from({ length: last }, (_, index) => found.get(index + 1) ?? position(`argument ${index + 1}`, undefined));
}

function position(name: string, role: ArgumentRole | undefined): ScriptArgument {
  return { name, positional: true, required: true, role };
}

/** By the call that it stands in: `readRDS(args[1])`, `pd.read_csv(sys.argv[2])`, `write.csv(rows, args[3])`. */
function roleOfUse(before: string): ArgumentRole | undefined {
  let open = before;
  for (let closed = ""; closed !== open; ) {
    closed = open;
    open = closed.replace(/[\w.]*\([^()]*\)/, "");
  }
  const [, call = ""] = /([\w.]+)\([^()]*$/.exec(open) ?? [];
  if (/write|to_csv|to_parquet/.test(call)) return "out";
  if (/readRDS|load|InferenceSession/.test(call)) return "model";
  return /read/.test(call) ? "data" : undefined;
}

function roleOf(name: string): ArgumentRole | undefined {
  if (/out|dest|predictions|pred_|result|save|submission/i.test(name)) return "out";
  if (/model|checkpoint|ckpt|weights|artifact/i.test(name)) return "model";
  if (/data|input|test|train|val|csv|rows|features|^-*(?:in|file|source|table)/i.test(name)) return "data";
  return undefined;
}
