import { MissingDataError } from "../../src/errors/errors.ts";
import type { Machine } from "../../src/flows/context.ts";
import { readLaw } from "../../src/flows/read-law.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { withSeeds } from "../../src/spec/seeds.ts";
import type { Law, Spec } from "../../src/spec/spec.ts";

/** A commit's rules from the clone; the commit is fetched when the clone lacks it. */
export async function lawFromClone(machine: Machine, commit: string | null, path: string | undefined): Promise<Law | null> {
  if (commit === null) return null;
  if ((await machine.git.resolve(commit)) === undefined) await machine.git.fetchCommit(commit, machine.token);
  return readLaw(async (file) => (await machine.git.read(commit, file))?.toString("utf8"), commit, path);
}

/** The spec of the tree that was planned, with the seeds that a person asked for; planning has parsed it before. */
export function specOf(law: Law | null, plan: Plan): Spec {
  if (law)
    return plan.models.reduce(
      (spec, { model, seeds }) => (seeds === undefined ? spec : withSeeds(spec, (name) => name === model, seeds)),
      law.spec,
    );
  throw new MissingDataError(`There is no readable assay.yml at the planned commit ${plan.commit}. Check out that commit.`);
}
