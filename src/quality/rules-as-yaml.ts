import { Document, isCollection, visit } from "yaml";
import type { RuleTerms } from "../spec/data-rule.ts";

/** Rules as people write them, one a line, to paste below a model of `assay.yml`; those of one column together. */
export function rulesAsYaml(rules: readonly RuleTerms[]): string {
  const written: Record<string, unknown>[] = [];
  const ofColumn = new Map<string, Record<string, unknown>>();
  for (const rule of rules) {
    const { column, asked } = writtenRule(rule);
    const same = column === undefined ? undefined : ofColumn.get(column);
    if (same) Object.assign(same, asked);
    else {
      const one = column === undefined ? asked : { column, ...asked };
      written.push(one);
      if (column !== undefined) ofColumn.set(column, one);
    }
  }
  const document = new Document({ data: { rules: written } });
  visit(document, {
    Map(_, map, path) {
      if (path.some((node) => isCollection(node) && node.flow) || path.length > 4) map.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** As `data.rules` has it; what is asked of a column beside its name. */
function writtenRule(rule: RuleTerms): { column?: string; asked: Record<string, unknown> } {
  switch (rule.kind) {
    case "min":
    case "max":
      return { column: rule.column, asked: { [rule.kind]: rule.bound } };
    case "in":
      return { column: rule.column, asked: { in: rule.values } };
    case "matches":
      return { column: rule.column, asked: { matches: rule.pattern } };
    case "missing":
      return {
        column: rule.column,
        asked: { missing: rule.share === 0 ? 0 : `${Number((rule.share * 100).toPrecision(12))}%` },
      };
    case "type":
      return { column: rule.column, asked: { type: rule.type } };
    case "unique":
      return { asked: { unique: rule.columns } };
    case "at-least":
    case "at-most":
      return { asked: { rows: { [rule.kind]: rule.rows } } };
    case "references":
      return { asked: { references: { column: rule.column, table: rule.other, key: rule.key } } };
    case "fresh":
      return { asked: { fresh: { column: rule.column, within: `${Math.round(rule.days * 24)}h` } } };
    case "sql":
      return { asked: { sql: rule.expression, name: rule.name } };
  }
}
