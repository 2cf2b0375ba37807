import { describe, expect, it } from "vitest";
import { workflowsOf } from "../../scripts/workflow-snippets.ts";

const workflow = "on: push\njobs:\n  one: {}\n";

describe("workflows in a document", () => {
  it("are its YAML blocks that have triggers and jobs, with their place", () => {
    const markdown = `# Title\n\n\`\`\`yaml\n${workflow}\`\`\`\n\n\`\`\`yml\n${workflow}\`\`\`\n`;
    expect(workflowsOf(markdown)).toEqual([
      { line: 4, text: workflow },
      { line: 10, text: workflow },
    ]);
  });

  it("are taken out of a list", () => {
    const markdown = `1. Copy:\n\n   \`\`\`yaml\n${workflow.replaceAll(/^(?=.)/gm, "   ")}   \`\`\`\n`;
    expect(workflowsOf(markdown)).toEqual([{ line: 4, text: workflow }]);
  });

  it("are no parts of a workflow, and no other blocks", () => {
    expect(workflowsOf(`\`\`\`yaml\njobs:\n  one: {}\n\`\`\`\n\`\`\`sh\n${workflow}\`\`\`\n`)).toEqual([]);
  });
});
