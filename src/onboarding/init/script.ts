import { argumentsIn, type ScriptArgument } from "./script-arguments.ts";
import { pathsIn, type SpelledPath } from "./script-paths.ts";

export type Language = "python" | "r" | "javascript";

/** What the text of a script says of it; nothing is run. Paths are as it spells them. */
export interface Script {
  /** In the repository. */
  path: string;
  language: Language;
  /** It fits a model. */
  fits: boolean;
  /** It loads a model and asks it about rows. */
  predicts: boolean;
  models: { written: readonly string[]; read: readonly string[] };
  /** Files of numbers that it writes. */
  metrics: readonly string[];
  /** Tables and settings that it names. */
  tables: readonly string[];
  settings: readonly string[];
  /** Names of columns that it treats as the truth, the surest first. */
  targets: readonly string[];
  /** Lists of two and more texts: columns that it reads, maybe. */
  lists: readonly (readonly string[])[];
  arguments: readonly ScriptArgument[];
  /** Modules that it imports, as dotted names or relative paths. */
  imports: readonly string[];
  task: "classification" | "regression" | undefined;
  /** Of a notebook: cells, and calls that only IPython knows. */
  notebook: { cells: boolean; ipython: boolean };
  uses: { pickle: boolean; scikitLearn: boolean; mlflow: boolean; dvclive: boolean; gpu: boolean };
  /** Whether the text has this in quotes. */
  quotes: (word: string) => boolean;
}

const languages: Readonly<Record<string, Language>> = {
  py: "python",
  R: "r",
  r: "r",
  js: "javascript",
  mjs: "javascript",
  ts: "javascript",
};

/** The language of a script that can be looked at, by its name; undefined for any other file. */
export function languageOf(path: string): Language | undefined {
  return languages[/\.([A-Za-z]+)$/.exec(path)?.[1] ?? ""];
}

const fitting: Readonly<Record<Language, RegExp>> = {
  python: /\.fit(?:_generator)?\(|\.backward\(\)|\.train\(|train_on_batch\(|\b(?:xgb|lgb|lightgbm|xgboost)\.(?:train|cv)\(/,
  r: /\b(?:lm|glm|randomForest|ranger|train|xgboost|xgb\.train|lightgbm|lgb\.train|glmnet|cv\.glmnet|rpart|svm|fit)\s*\(/,
  javascript: /\.fit(?:Dataset)?\(|\.trainOnBatch\(|\.train\(/,
};
const predicting = /\.predict(?:_proba)?\(|\bpredict\s*\(|\.transform\(|InferenceSession|\.run\(/;
const modelFile =
  /\.(?:onnx|pkl|pickle|joblib|keras|h5|hdf5|pt|pth|ckpt|safetensors|cbm|rds|RDS|ubj|tflite|skops|dill|model|json|txt|bin)$/;
/** Formats that hold other things too: a model only when they are saved as one. */
const anyFile = /\.(?:json|txt|bin)$/;
const tableFile = /\.(?:csv|tsv|parquet|jsonl|ndjson|json|feather|arrow)$/;
const settingsFile = /\.(?:ya?ml|json|toml)$/;
const writing =
  /dump\(|\.save\w*\(|save_model\(|saveRDS|to_onnx|write_bytes|writeFile|write_text|\.export\(|export\(|["'][wa]b?\+?["']|write_json|\.to_json\(|out|SerializeToString/i;
const reading = /load|read|fread|open\((?![^)]*["'][wa]b?["'])|InferenceSession|from_file/i;

/** What a script's text tells. Never throws: what is not understood is left out. */
export function readScript(path: string, text: string): Script {
  const language = languageOf(path) ?? "python";
  const code = withoutComments(text, language);
  const paths = pathsIn(code);
  const models = paths.filter(isModel);
  const fits = fitting[language].test(code);
  const written = models.filter(({ context }) => writing.test(context) && (fits || !/load|InferenceSession/i.test(context)));
  return {
    path,
    language,
    fits,
    predicts: predicting.test(code),
    models: {
      written: [...written.map((one) => one.path), ...savedFolders(code)],
      read: models.filter(({ context }) => reading.test(context)).map((one) => one.path),
    },
    metrics: paths.filter(isMetrics).map((one) => one.path),
    tables: paths.filter((one) => tableFile.test(one.path) && !isMetrics(one)).map((one) => one.path),
    settings: paths.filter((one) => settingsFile.test(one.path) && !isMetrics(one)).map((one) => one.path),
    targets: targetsIn(code),
    lists: listsIn(code),
    arguments: argumentsIn(code),
    imports: importsIn(code),
    task: taskIn(code),
    notebook: {
      cells: /^# (?:%%|In ?\[[ \d]*\]:)|^#!\/usr\/bin\/env python\n# coding: utf-8/m.test(text),
      ipython: /get_ipython\(\)|^[%!]\w/m.test(code),
    },
    uses: {
      pickle: /joblib|pickle|skops/.test(code),
      scikitLearn: /\bsklearn\b|scikit-learn|XGB(?:Classifier|Regressor)|LGBM(?:Classifier|Regressor)/.test(code),
      mlflow: /\bmlflow\b/.test(code),
      dvclive: /\bdvclive\b/.test(code),
      gpu: /\.cuda\(|["']cuda|["']gpu["']|list_physical_devices\(["']GPU|tfjs-node-gpu|device_type/.test(code),
    },
    quotes: (word) => code.includes(`"${word}"`) || code.includes(`'${word}'`),
  };
}

/** Lines that are nothing but a comment; what stands behind code stays. */
function withoutComments(text: string, language: Language): string {
  const comment = language === "javascript" ? /^\s*(?:\/\/|\*|\/\*)/ : /^\s*#/;
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => (comment.test(line) ? "" : line))
    .join("\n");
}

function isModel({ path, context }: SpelledPath): boolean {
  if (!modelFile.test(path)) return false;
  return (
    !anyFile.test(path) ||
    /save_model\(|load_model\(|Booster\(|booster/i.test(context) ||
    /\bmodel\b[^/]*\.(?:txt|bin)$/.test(path)
  );
}

function isMetrics({ path, context }: SpelledPath): boolean {
  return /\.json$/.test(path) && /metric|score|result|report|eval/i.test(path) && (writing.test(context) || /live/i.test(path));
}

/** `model.save("saved_model")` and `model.save("file://./model")`: folders, or files by another name. */
function savedFolders(code: string): string[] {
  return [...code.matchAll(/\.(?:save|export|save_pretrained)\(\s*["'](?:file:\/\/)?([^"'\n]+)["']/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !/\.\w+$/.test(path) && !path.includes("://"));
}

const name = String.raw`["']([^"'\n]{1,200})["']`;
/** The surest first: what is taken out of the features is more often the truth than what is called label somewhere. */
const targetPatterns = [
  new RegExp(String.raw`\by(?:_\w+)?\s*(?:=|<-)\s*\(?\w+(?:\.loc)?\[+\s*(?::\s*,\s*)?${name}\s*\]`, "g"),
  new RegExp(String.raw`(?:target|label|response|outcome|dependent)\w*\s*(?:=|<-|:)\s*${name}`, "gi"),
  new RegExp(String.raw`\.pop\(\s*${name}`, "g"),
  new RegExp(String.raw`\.drop\(\s*(?:columns\s*=\s*)?\[?\s*${name}\s*\]?\s*(?:,\s*axis\s*=\s*(?:1|["']columns["']))?\s*\)`, "g"),
  /\b[yY](?:_\w+)?\s*(?:=|<-)\s*\w+[.$]([A-Za-z_]\w*)\s*(?:$|\.values|\.to_numpy|\.astype|\.map)/gm,
  /\(\s*([A-Za-z_.][\w.]*)\s*~\s*[\w.+\s]+,/g,
];

function targetsIn(code: string): string[] {
  const named = targetPatterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, column = ""]) => column));
  // `y = df[TARGET]`, and `TARGET` said elsewhere.
  const indirect = [...code.matchAll(/\by(?:_\w+)?\s*(?:=|<-)\s*\w+\[+\s*([A-Za-z_]\w*)\s*\]/g)].flatMap(([, variable = ""]) =>
    [...code.matchAll(new RegExp(String.raw`^\s*${variable}\s*(?:=|<-)\s*${name}`, "gm"))].map(([, column = ""]) => column),
  );
  return [...new Set([...indirect, ...named])];
}

function listsIn(code: string): string[][] {
  return [...code.matchAll(/(?:\[|\bc\()((?:\s*["'][^"'\n]{1,200}["']\s*,?){2,})\s*[\])]/g)].map(([, inside = ""]) =>
    [...inside.matchAll(/["']([^"'\n]+)["']/g)].map(([, column = ""]) => column),
  );
}

function importsIn(code: string): string[] {
  const found = [
    ...code.matchAll(/^\s*from\s+(\.*[\w.]*)\s+import\b/gm),
    ...code.matchAll(/^\s*import\s+([\w.]+)/gm),
    ...code.matchAll(/\b(?:from|require\(|import\(|source\()\s*["'](\.{0,2}[\w./-]+)["']/g),
  ];
  return [...new Set(found.map(([, module = ""]) => module))];
}

function taskIn(code: string): Script["task"] {
  const classification =
    /Classifier\b|LogisticRegression|\bSVC\b|GaussianNB|crossentropy|CrossEntropyLoss|BCE(?:WithLogits)?Loss|binary:logistic|multi:soft|family\s*=\s*binomial|predict_proba/i.test(
      code,
    );
  const regression =
    /Regressor\b|LinearRegression|\bRidge\b|\bLasso\b|ElasticNet\b|\bSVR\b|MSELoss|L1Loss|loss\s*=\s*["'](?:mse|mae|mean_squared_error|mean_absolute_error)|reg:|meanSquaredError/.test(
      code,
    );
  return classification === regression ? undefined : classification ? "classification" : "regression";
}
