import { basename, dirname, relative, resolve, sep } from "node:path";
import { ConfigError, MissingDataError, UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { mistakesInRules } from "../quality/rules/mistakes.ts";
import type { DataRule } from "../spec/data-rule.ts";
import { didYouMean } from "../spec/did-you-mean.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import { rulesOfTable, trainingTables } from "../spec/rules-of-table.ts";
import type { Model, Spec } from "../spec/spec.ts";

/** What an `assay.yml` says of a table. */
export interface FileRules {
  rules: readonly DataRule[];
  /** What the paths of other files in the rules are relative to; absolute. */
  folder: string;
  id: string | undefined;
  target: string | undefined;
  public: readonly string[];
}

/**
 * The rules of a model that are about a file: a file that the model does not name is looked at as its training data.
 * @throws ConfigError for every mistake of the `assay.yml`
 */
export async function rulesForFile(
  file: string,
  { rules: written, model: name }: { rules?: string | undefined; model?: string | undefined },
  files: Files,
): Promise<FileRules> {
  if (written === undefined) return { rules: [], folder: resolve("."), id: undefined, target: undefined, public: [] };
  const path = resolve(written);
  const text = await files.readText(path);
  if (text === undefined) throw new MissingDataError(`${written}: there is no such file. Name an assay.yml by --rules.`);
  const spec = parseSpec(text, written);
  const mistakes = await mistakesInRules(spec);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const model = modelNamed(name, spec, written);
  // As where the file lies is the repository, whose `.github` may hold it.
  const root = basename(dirname(path)) === ".github" ? dirname(dirname(path)) : dirname(path);
  const inRoot = relative(root, resolve(file)).split(sep).join("/");
  const named = (paths: readonly string[]) => paths.find((one) => inRepository(model, dataFile(one)) === inRoot);
  const training = named(trainingTables(model));
  const test = named([model.evaluate.data]);
  return {
    rules:
      training === undefined && test !== undefined
        ? rulesOfTable(model.data.rules, test, "test")
        : rulesOfTable(model.data.rules, training ?? inRoot, "training"),
    folder: resolve(root, model.train.workingDirectory),
    id: model.evaluate.id,
    target: model.evaluate.target,
    public: model.data.public,
  };
}

function modelNamed(name: string | undefined, spec: Spec, file: string): Model {
  const names = [...spec.models.keys()];
  const [only] = names;
  const wanted = name ?? (names.length === 1 ? only : undefined);
  const model = wanted === undefined ? undefined : spec.models.get(wanted);
  if (model) return model;
  if (name === undefined) throw new UsageError(`${file} has ${names.length} models: say which by --model ${names.join(" or ")}.`);
  const meant = didYouMean(name, names);
  throw new UsageError(
    `${file} has no model ${name}. ${meant === undefined ? `It has ${names.join(", ")}.` : `Did you mean ${meant}?`}`,
  );
}
