import { parse } from "yaml";
import * as z from "zod/mini";
import { reusableWorkflow } from "../init/texts.ts";

const owner = reusableWorkflow.uses.split("/.github/")[0] ?? "";
const uses = z.optional(z.string());
const jobSchema = z.object({
  uses,
  secrets: z.optional(z.unknown()),
  permissions: z.optional(z.unknown()),
  steps: z.optional(z.array(z.object({ uses }))),
});
const workflowSchema = z.object({
  "run-name": z.optional(z.string()),
  on: z.optional(z.unknown()),
  permissions: z.optional(z.unknown()),
  jobs: z.record(z.string(), z.unknown()),
});
export type Job = z.infer<typeof jobSchema>;

/** A workflow that calls ours, and the jobs that do. */
export interface CallingWorkflow {
  path: string;
  workflow: z.infer<typeof workflowSchema>;
  jobs: readonly Job[];
}

/** By what they are for; one may be for several things. */
export interface CallingWorkflows {
  /** Changes of the repository are trained and judged. */
  judging: readonly CallingWorkflow[];
  promoting: readonly CallingWorkflow[];
}

/** Which workflows of a repository call ours. Pure. @param files texts by path */
export function callingWorkflows(files: ReadonlyMap<string, string>): CallingWorkflows {
  const calling = (isMeant: (action: string) => boolean) =>
    [...files].flatMap(([path, text]): CallingWorkflow[] => {
      const workflow = workflowSchema.safeParse(parseYaml(text));
      if (!workflow.success) return [];
      const jobs = Object.values(workflow.data.jobs).flatMap((job) => jobSchema.safeParse(job).data ?? []);
      const ours = jobs.filter((job) => namesOf(job).some((name) => isMeant(actionOf(name))));
      return ours.length === 0 ? [] : [{ path, workflow: workflow.data, jobs: ours }];
    });
  return {
    judging: calling((action) => !besides.includes(action)),
    promoting: calling((action) => action === "/actions/promote"),
  };
}

/** Those that judge no change. */
const besides: readonly string[] = ["/actions/promote", "/actions/drift"];

function actionOf(name: string): string {
  return name.slice(owner.length).split("@")[0]?.toLowerCase() ?? "";
}

/** What of ours a job calls: the reusable workflow, or actions. */
export function namesOf(job: Job): string[] {
  const names = [job.uses, ...(job.steps ?? []).map((step) => step.uses)];
  return names.filter((name): name is string => name?.toLowerCase().startsWith(owner) === true);
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { uniqueKeys: false, maxAliasCount: 100, logLevel: "error" });
  } catch {
    return undefined;
  }
}
