import { parse } from "yaml";
import * as z from "zod/mini";

/** A workflow of the default branch. */
export interface WorkflowFile {
  /** `.github/workflows/promote.yml`. */
  path: string;
  text: string;
}

/** What the form of a workflow has to ask for, so that a rollback can be started by it. */
const neededInputs = ["model", "version", "stage", "rollback"] as const;
const usesPromote = /(?:^|\/)actions\/promote(?:@|$)/;

const stepsSchema = z.object({ steps: z.array(z.object({ uses: z.optional(z.string()) })) });
const workflowSchema = z.object({ jobs: z.record(z.string(), z.unknown()) });
const formSchema = z.object({
  on: z.object({ workflow_dispatch: z.object({ inputs: z.record(z.string(), z.unknown()) }) }),
});

/**
 * The workflow that promotes, by what its steps use. Pure.
 * @returns why there is none that can be started, a sentence
 */
export function findPromoteWorkflow(files: readonly WorkflowFile[], branch: string): { path: string } | { wrong: string } {
  const promoting = files.flatMap(({ path, text }) => {
    const content = parsed(text);
    return promotes(content) ? [{ path, lacking: lackingInputs(content) }] : [];
  });
  const startable = promoting.filter(({ lacking }) => lacking.length === 0);
  const [only, another] = startable;
  if (only && !another) return { path: only.path };
  if (another) return { wrong: `${startable.map(({ path }) => path).join(" and ")} of ${branch} all promote, and one is to.` };
  const [first] = promoting;
  if (first)
    return {
      wrong: `${first.path} of ${branch} promotes, and its workflow_dispatch does not ask for ${first.lacking.join(", ")}.`,
    };
  return {
    wrong: `No workflow of ${branch} uses Assay's action \`actions/promote\`. docs/workflows.md has one, under Releases.`,
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    // GitHub starts nothing of it either.
    return undefined;
  }
}

function promotes(content: unknown): boolean {
  const jobs = Object.values(workflowSchema.safeParse(content).data?.jobs ?? {});
  return jobs.some((job) =>
    stepsSchema.safeParse(job).data?.steps.some(({ uses }) => uses !== undefined && usesPromote.test(uses)),
  );
}

function lackingInputs(content: unknown): readonly string[] {
  const inputs = Object.keys(formSchema.safeParse(content).data?.on.workflow_dispatch.inputs ?? {});
  return neededInputs.filter((name) => !inputs.includes(name));
}
