import { markdownTable } from "markdown-table";
import { commandNames, commands } from "./registry.ts";

/** Every command as a Markdown table. */
export function commandReference(): string {
  const rows = commandNames.map((name) => {
    const { usage, summary } = commands[name];
    return [`\`${usage}\``, summary.replaceAll("|", "\\|")];
  });
  return markdownTable([["Command", "What it does, and who may"], ...rows]);
}
