import { markdownTable } from "markdown-table";

interface Input {
  description: string;
  required?: boolean | undefined;
  default?: string | undefined;
}

/** Tables of an action's inputs and outputs, for its README. */
export function inputsTable(
  inputs: Readonly<Record<string, Input>>,
  outputs: Readonly<Record<string, { description: string }>>,
): string {
  const given = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    input.description,
    input.required ? "required" : input.default === undefined ? "" : `\`${input.default}\``,
  ]);
  const made = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  const parts = [markdownTable([["Input", "Meaning", "Default"], ...given])];
  if (made.length > 0) parts.push(markdownTable([["Output", "Meaning"], ...made]));
  return parts.join("\n\n");
}
