import { parseProfile } from "../data/profile-schema.ts";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { DriftResult } from "../evidence/data-evidence.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { describeRun } from "../plan/describe-run.ts";
import { commitTree } from "../plan/tree.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import type { Spec } from "../spec/spec.ts";
import type { Machine } from "./context.ts";
import { isAsDeclared, refuseUnknownTypes } from "./declared-types.ts";
import type { Records } from "./fetch-run.ts";
import { findDrift } from "./find-drift.ts";
import { keptProfile } from "./kept-profile.ts";
import { specPaths } from "./read-law.ts";
import { withTable } from "./with-table.ts";

export interface CompareWithModelRequest {
  model: string;
  /** Which of its tables; undefined: it has one. */
  table: string | undefined;
  /** Path of the spec; undefined: where it usually is. */
  spec: string | undefined;
  /** A file, a glob or a folder, relative to the repository. */
  current: string;
}

export interface ComparedWithModel {
  /** The table of the training data, as evidence names it. */
  table: string;
  profile: Digest;
  result: DriftResult;
  maxDrifted: number;
}

export type ReadingMachine = Pick<Machine, "files" | "git" | "progress">;

/**
 * Compares data with what the checked-out commit's model was trained on, or where that is not recorded yet with what the run that was
 * recorded last was: by its kept profile, so that the training data itself is not needed.
 * @param newest input hash of the model's newest record
 * @throws MissingDataError where no run with a profile is recorded
 */
export async function compareWithModel(
  request: CompareWithModelRequest,
  machine: ReadingMachine,
  records: Records,
  newest: (model: string) => Promise<Digest | undefined>,
): Promise<ComparedWithModel> {
  const { git, files, progress } = machine;
  const { spec, commit } = await checkedOutSpec(request.spec, git);
  const model = spec.models.get(request.model);
  if (!model)
    throw new UsageError(`${spec.path} has no model ${request.model}. It has ${[...spec.models.keys()].join(", ") || "none"}.`);
  const { drift } = model;
  if (!drift)
    throw new UsageError(
      `models.${model.name} of ${spec.path} has no \`drift\`, so no profile of its training data is kept. Add \`drift: {}\`; the next run on the default branch keeps one.`,
    );
  const { inputHash } = await describeRun(commitTree(git, commit), spec, model);
  const evidence = (await records.ledger.findEvidence(model.name, inputHash)) ?? (await recordedLast());
  const { path, profile, profileMissing = "" } = chooseTable(evidence, request);
  if (profile === undefined)
    throw new MissingDataError(
      `The recorded run of ${model.name} at ${evidence.source.commit.slice(0, 7)} has no profile of ${path}. ${profileMissing}`.trimEnd(),
    );
  const text = await keptProfile(profile, machine, records);
  if (text === undefined)
    throw new MissingDataError(
      `The profile of ${path} (${profile}) is no longer in the model store. It is kept again when ${model.name} is trained on the default branch.`,
    );
  const reference = parseProfile(text, `the kept profile of ${path}`);
  const types = new Map(Object.entries(drift.types));
  if (!isAsDeclared(reference, types))
    progress(`The profile of ${path} is of before drift.types changed, and the data is read by the types of then`);
  const source = { paths: [request.current], folder: git.root, types };
  const result = await withTable(source, { files, progress }, (dataset) => {
    // A type may be that of a column of another table.
    if (evidence.data?.tables.length === 1) refuseUnknownTypes(types, [reference, dataset]);
    return findDrift(reference, dataset, { drift, public: model.data.public }, progress);
  });
  return { table: path, profile, result, maxDrifted: drift.maxDrifted };

  async function recordedLast(): Promise<Evidence> {
    const last = await newest(request.model);
    const found = last && (await records.ledger.findEvidence(request.model, last));
    if (!found)
      throw new MissingDataError(
        `The ledger has no run of ${request.model}. It is recorded when the workflow that trains runs on the default branch.`,
      );
    progress(
      `The run of ${commit.slice(0, 7)} is not recorded yet: ${found.source.commit.slice(0, 7)}, which is the last one, is compared with`,
    );
    return found;
  }
}

async function checkedOutSpec(path: string | undefined, git: Machine["git"]): Promise<{ spec: Spec; commit: string }> {
  const commit = await git.resolve("HEAD");
  if (commit === undefined) throw new UsageError("There is no commit here. Check the repository out before this step.");
  for (const candidate of path === undefined ? specPaths : [path]) {
    const text = await git.read(commit, candidate);
    if (text) return { spec: parseSpec(text.toString("utf8"), candidate), commit };
  }
  throw new UsageError(
    `There is no ${path ?? specPaths.join(" or ")} at ${commit.slice(0, 7)}. Check out the branch that has it.`,
  );
}

function chooseTable({ model, source, data }: Evidence, { table }: CompareWithModelRequest) {
  const tables = data?.tables ?? [];
  const names = tables.map(({ path }) => path).join(", ");
  if (tables.length === 0)
    throw new MissingDataError(
      `The recorded run of ${model} at ${source.commit.slice(0, 7)} has no profile of its training data${data?.driftMissing === undefined ? "" : `: ${data.driftMissing}`}. The next run with \`drift\` in assay.yml keeps one.`,
    );
  const [only] = tables;
  if (table === undefined && tables.length > 1)
    throw new UsageError(
      `${model} was trained on ${tables.length} tables: ${names}. Name one of them with the input \`reference\`.`,
    );
  const found = table === undefined ? only : tables.find(({ path }) => path === table);
  if (!found) throw new UsageError(`${model} was not trained on ${JSON.stringify(table)}, but on ${names}.`);
  return found;
}
