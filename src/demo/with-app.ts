import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const documentation = join(import.meta.dirname, "..", "..", "docs", "workflows.md");

/**
 * What a repository changes to have the app write comment and check: a line and the models' owners in `assay.yml`, and the documented
 * workflow. Of the owners two have to approve what comes into production.
 */
export function useApp(folder: string, owners: readonly string[]): void {
  const spec = join(folder, "assay.yml");
  const text = readFileSync(spec, "utf8");
  writeFileSync(
    spec,
    text
      .replace("version: 1\n", "version: 1\nwriter: app\n")
      .replaceAll(
        /^( +)task: /gm,
        `$1owners: ${JSON.stringify(owners.map((owner) => `@${owner}`))}\n$1promote: ${promote}\n$1task: `,
      ),
  );
  const workflows = join(folder, ".github", "workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(workflows, "models.yml"), documentedWorkflow());
}

const promote = "{ stages: [staging, production], approvals: { production: 2 } }";

function documentedWorkflow(): string {
  const blocks = readFileSync(documentation, "utf8").matchAll(/^```yaml\n(.*?)^```$/gms);
  const found = [...blocks].map(([, text = ""]) => text).find((text) => text.includes("model-ci-app.yml@"));
  if (found === undefined) throw new Error(`${documentation} has no workflow with the app.`);
  return found;
}
