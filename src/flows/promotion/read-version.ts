import { ConfigError, MissingDataError } from "../../errors/errors.ts";
import { type AssignedStage, assignedStages } from "../../registry/current.ts";
import type { PromotionFacts } from "../../registry/decide-promotion.ts";
import { findVersion } from "../../registry/find-version.ts";
import { type ModelState, readRegistry } from "../../registry/registry-state.ts";
import type { Law } from "../../spec/spec.ts";
import type { BranchTip } from "../../trust/whose-run.ts";
import { lawOrMistake } from "../read-law.ts";
import type { PromotionMachine } from "./promotion-machine.ts";
import { type ModelTags, readModelTags } from "./read-tags.ts";

/** A version by its tags, and the default branch that it is to be on. */
export interface ReadVersion {
  branch: BranchTip;
  /** Of the default branch as it is now. */
  law: Law | undefined;
  /** What is wrong with its assay.yml, a sentence. */
  mistake: string | undefined;
  tags: ModelTags;
  registry: ModelState | undefined;
  /** What each stage has now, and by which tag. */
  assigned: ReadonlyMap<string, AssignedStage>;
  found: ReturnType<typeof findVersion>;
  /** The same as facts to decide on. */
  facts: Pick<PromotionFacts, "tag" | "branch" | "stages">;
}

/** @throws MissingDataError where the clone does not have what GitHub has */
export async function readVersion(
  { model, version }: { model: string; version: string },
  machine: PromotionMachine,
): Promise<ReadVersion> {
  const { contents, settings } = machine.github;
  const name = await contents.defaultBranch();
  const tip = await contents.branchTip(name);
  if (tip === undefined) throw new MissingDataError(`Branch ${name} has no commit on GitHub, so there is nothing to promote.`);
  const law = await lawOrMistake(machine.github, tip);
  const tags = await readModelTags(model, machine);
  const registry = readRegistry(tags.annotated).models.get(model);
  const found = findVersion({ model, version }, registry, tags.names);
  const assigned = registry ? assignedStages(registry) : new Map<string, AssignedStage>();
  return {
    branch: { name, tip },
    law: law instanceof ConfigError ? undefined : (law ?? undefined),
    mistake: law instanceof ConfigError ? mistakeIn(law, name) : ((law && whyUnknown(model, law.spec.models, name)) ?? undefined),
    ...{ tags, registry, assigned, found },
    facts: {
      tag: "wrong" in found ? found : { name: found.tag, commit: found.commit },
      branch: {
        name,
        isProtected: await contents.isProtected(name),
        takesPushes: (await settings.branchRules(name))?.byPullRequest === false,
        hasCommit: "commit" in found && (await contents.isAncestor(found.commit, tip)),
      },
      stages: new Map([...assigned].map(([stage, { version: now }]) => [stage, now.version])),
    },
  };
}

function whyUnknown(model: string, models: ReadonlyMap<string, unknown>, branch: string): string | undefined {
  return models.has(model) ? undefined : `assay.yml on ${branch} has no model ${model}: it has ${[...models.keys()].join(", ")}.`;
}

function mistakeIn({ diagnostics, message }: ConfigError, branch: string): string {
  const [first = message] = message.split("\n");
  const more = diagnostics.length > 1 ? ` And ${diagnostics.length - 1} more: \`assay validate\` tells them.` : "";
  return `assay.yml on ${branch} cannot be read, so nothing can be decided by it: ${first}${more}`;
}
