import { type Digest, digestOf } from "../evidence/digest.ts";
import { findDataIds } from "../plan/data-ids.ts";
import type { ModelSources } from "../plan/sources.ts";
import { type DataRule, isTable, nameOfRule } from "../spec/data-rule.ts";
import { dataFile, inRepository } from "../spec/paths.ts";
import { rulesOfTable } from "../spec/rules-of-table.ts";
import type { Model } from "../spec/spec.ts";
import { type TrainingTable, tablesOf } from "./training-tables.ts";

/** A table that is looked at, and what is asked of it. */
export interface Subject extends TrainingTable {
  role: "training" | "test";
  rules: readonly DataRule[];
  /** The test table, of a training table. */
  test: TrainingTable | undefined;
}

/** The training tables of a model, and its test table where rules name that. @param rules the law's */
export function subjectsOf(model: Model, rules: readonly DataRule[]): Subject[] {
  const test = testTableOf(model);
  const training = tablesOf(model).map((table) => ({
    ...table,
    role: "training" as const,
    rules: rulesOfTable(rules, table.declared, "training"),
    test: table.path === test?.path ? undefined : test,
  }));
  if (test === undefined || training.some(({ path }) => path === test.path)) return training;
  const ofTest = rulesOfTable(rules, test.declared, "test");
  return ofTest.length === 0 ? training : [...training, { ...test, role: "test", rules: ofTest, test: undefined }];
}

/** The test set, where it is a table. */
export function testTableOf(model: Model): TrainingTable | undefined {
  const { data } = model.evaluate;
  return isTable(data) ? { declared: data, path: inRepository(model, dataFile(data)) } : undefined;
}

/** Rules that a change would be rid of by calling its tables something else. */
export function unmetRules(rules: readonly DataRule[], subjects: readonly Subject[]): string[] {
  return rules
    .filter((rule) => rule.table !== undefined && !subjects.some(({ rules: asked }) => asked.includes(rule)))
    .map((rule) => `The rule ${nameOfRule(rule)} is about ${rule.table}, which is no table of the model here.`);
}

/** All files that have to be here. */
export function neededBy(subjects: readonly Subject[]): { declared: string }[] {
  return [...new Set(subjects.flatMap(filesOf))].map((declared) => ({ declared }));
}

function filesOf({ declared, test, rules }: Subject): string[] {
  const others = rules.flatMap((rule) => (rule.kind === "references" ? [rule.other] : []));
  return [declared, ...(test ? [test.declared] : []), ...others];
}

/** Content ids of all files that the answer depends on, as text; undefined where one of them has none. */
export async function contentsOf(subject: Subject, model: Model, sources: ModelSources): Promise<string | undefined> {
  const contents: string[] = [];
  for (const declared of filesOf(subject)) {
    const ids = await findDataIds(sources, inRepository(model, declared));
    if (ids.kind === "unpinned") return undefined;
    contents.push(JSON.stringify([declared, ids.contents.map(({ id }) => id)]));
  }
  return contents.join("\n");
}

/** Of all that is asked and the contents that it is asked of; undefined where the answer changes by the day. */
export function askedOf({ rules }: Subject, { evaluate, data }: Model, contents: string): Digest | undefined {
  if (rules.some(({ kind }) => kind === "fresh")) return undefined;
  const { id, target } = evaluate;
  const terms = rules.map(({ position: _, ...rule }) => rule);
  return digestOf(JSON.stringify({ contract: "assay.quality/v2", id, target, public: data.public, terms, contents }));
}
