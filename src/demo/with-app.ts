import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const documentation = join(import.meta.dirname, "..", "..", "docs", "workflows.md");

/** What a repository changes to have the app write comment and check: a line and the models' owner in `assay.yml`, and the documented workflow. */
export function useApp(folder: string, owner: string): void {
  const spec = join(folder, "assay.yml");
  const text = readFileSync(spec, "utf8");
  writeFileSync(
    spec,
    text.replace("version: 1\n", "version: 1\nwriter: app\n").replaceAll(/^( +)task: /gm, `$1owners: ["@${owner}"]\n$1task: `),
  );
  const workflows = join(folder, ".github", "workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(workflows, "models.yml"), documentedWorkflow());
}

function documentedWorkflow(): string {
  const blocks = readFileSync(documentation, "utf8").matchAll(/^```yaml\n(.*?)^```$/gms);
  const found = [...blocks].map(([, text = ""]) => text).find((text) => text.includes("model-ci-app.yml@"));
  if (found === undefined) throw new Error(`${documentation} has no workflow with the app.`);
  return found;
}
