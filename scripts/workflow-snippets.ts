/** A whole workflow that a document shows. */
export interface WorkflowSnippet {
  /** Where its first line stands, from 1. */
  line: number;
  text: string;
}

const block = /^(?<indent> *)```ya?ml\n(?<text>[\s\S]*?)^\k<indent>```$/gm;

/** The YAML blocks of a Markdown document that are workflows: they have both `on` and `jobs`. A part of one is none. */
export function workflowsOf(markdown: string): WorkflowSnippet[] {
  return [...markdown.matchAll(block)].flatMap(({ index, groups }) => {
    const text = (groups?.["text"] ?? "").replaceAll(new RegExp(`^${groups?.["indent"]}`, "gm"), "");
    const line = markdown.slice(0, index).split("\n").length + 1;
    return /^on:/m.test(text) && /^jobs:/m.test(text) ? [{ line, text }] : [];
  });
}
