import { readFileSync, writeFileSync } from "node:fs";
import { DefaultArtifactClient } from "@actions/artifact";

/**
 * A child process of the tests, as a step of a job is one: does what the JSON file in STEPS names with the real client,
 * and writes what came back to the file in RESULT.
 */
const client = new DefaultArtifactClient();
const steps: readonly Step[] = JSON.parse(readFileSync(process.env.STEPS ?? "", "utf8"));
const results: unknown[] = [];
for (const step of steps) results.push(await perform(step).catch((error: unknown) => ({ error: String(error) })));
writeFileSync(process.env.RESULT ?? "", JSON.stringify(results));

export type Step =
  | { do: "upload"; name: string; files: string[]; root: string; skipArchive?: boolean }
  | { do: "list"; findBy?: FindBy }
  | { do: "get"; name: string; findBy?: FindBy }
  | { do: "download"; id: number; path: string; findBy?: FindBy; expectedHash?: string }
  | { do: "delete"; name: string; findBy?: FindBy };

interface FindBy {
  token: string;
  workflowRunId: number;
  repositoryOwner: string;
  repositoryName: string;
}

async function perform(step: Step): Promise<unknown> {
  const options = "findBy" in step && step.findBy ? { findBy: step.findBy } : {};
  switch (step.do) {
    case "upload":
      return client.uploadArtifact(step.name, step.files, step.root, { skipArchive: step.skipArchive ?? false });
    case "list":
      return client.listArtifacts(options);
    case "get":
      return client.getArtifact(step.name, options);
    case "download":
      return client.downloadArtifact(step.id, {
        path: step.path,
        ...(step.expectedHash && { expectedHash: step.expectedHash }),
        ...options,
      });
    case "delete":
      return client.deleteArtifact(step.name, options);
  }
}
