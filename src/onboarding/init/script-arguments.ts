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

/** `model, data, out = sys.argv[1:4]`, `data <- args[2]`, `const [model, data, out] = process.argv.slice(2)`. */
function positionsIn(text: string): ScriptArgument[] {
  const all = /^\s*(?:const |let )?[([]?([\w, ]+)[)\]]?\s*=\s*(?:sys\.argv\[1:\d*\]|process\.argv\.slice\(2\))/m.exec(text)?.[1];
  const names =
    all?.split(",") ??
    [...text.matchAll(/([A-Za-z_]\w*)\s*(?:=|<-)\s*(?:\w+\()?(?:sys\.argv|process\.argv|args)\[+(\d)\]/g)]
      .sort(([, , a], [, , b]) => Number(a) - Number(b))
      .map(([, name = ""]) => name);
  return names.map((name) => ({ name: name.trim(), positional: true, required: true, role: roleOf(name) }));
}

function roleOf(name: string): ArgumentRole | undefined {
  if (/out|dest|predictions|pred_|result|save|submission/i.test(name)) return "out";
  if (/model|checkpoint|ckpt|weights|artifact/i.test(name)) return "model";
  if (/data|input|test|train|csv|rows|features|^-*(?:in|file|source|table)/i.test(name)) return "data";
  return undefined;
}
