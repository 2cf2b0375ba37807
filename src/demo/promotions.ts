import { writeFile } from "node:fs/promises";
import { AssayError } from "../errors/errors.ts";
import { createNodeFiles } from "../files/node-files.ts";
import type { PromotionMachine } from "../flows/promotion/promotion-machine.ts";
import { recordsOnGitHub } from "../flows/records-on-github.ts";
import { readRegistryPage } from "../flows/registry/read-registry-page.ts";
import { createCommandGit } from "../git/command-git.ts";
import type { GitHub } from "../github/github.ts";
import { createNodeProcesses } from "../processes/node-processes.ts";
import type { RegistryPage } from "../report/page/registry/registry-page.ts";
import type { RunnerOptions } from "./runner.ts";
import type { Clone } from "./team.ts";
import { withoutLinks } from "./without-links.ts";

/** What a release manager does, as `assay promote` and `assay registry page` do it. */
export interface Promotions {
  github: GitHub;
  /** @returns all that speaks against it, a sentence each; none: it was promoted */
  promote(model: string, version: string, stage: string, rollback?: boolean): Promise<readonly string[]>;
  /** Writes the registry's page as it is now. */
  show(path: string): Promise<RegistryPage>;
}

export async function openPromotions({ github: embedded, repository }: RunnerOptions, clone: Clone): Promise<Promotions> {
  const permissions = { contents: "write", deployments: "write", actions: "read", "pull-requests": "read" } as const;
  const token = embedded.tokenFor({ repository, permissions, kind: "workflow" });
  const [owner = "", name = ""] = repository.split("/");
  const { createOctokitGitHub } = await import("../github/octokit/octokit-github.ts");
  const github = await createOctokitGitHub({ owner, name, token, apiUrl: embedded.url });
  const { serverUrl } = embedded;
  const machine: PromotionMachine = {
    ...{ files: createNodeFiles(), git: await createCommandGit(clone.folder, createNodeProcesses()) },
    ...{ github, records: recordsOnGitHub(github), serverUrl, sign: undefined, environment: {} },
    ...{ progress: () => undefined, now: () => new Date() },
  };
  return {
    github,
    async promote(model, version, stage, rollback = false) {
      clone.update();
      const { promote } = await import("../flows/promotion/promote.ts");
      const { rollBack } = await import("../flows/promotion/roll-back.ts");
      try {
        const promotion = await (rollback ? rollBack : promote)({ model, version, stage }, machine);
        return promotion.outcome === "refused" ? promotion.reasons : promotion.afterwards.map(({ message }) => message);
      } catch (error) {
        if (error instanceof AssayError) return [error.message];
        throw error;
      }
    },
    async show(path) {
      clone.update();
      const { files, git } = machine;
      const page = await readRegistryPage({ files, git, github, repository, serverUrl, now: new Date() });
      const { renderRegistryPage } = await import("../report/page/registry/registry-page.ts");
      await writeFile(path, withoutLinks(renderRegistryPage(page), [embedded.serverUrl, embedded.url]));
      return page;
    },
  };
}
