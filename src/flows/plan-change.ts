import { join } from "node:path";
import { AssayError, ConfigError, MissingDataError, UsageError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import type { Git, WorkTreeStatus } from "../git/git.ts";
import { below } from "../git/listing.ts";
import type { Job } from "../github/runs.ts";
import { withholdMoved } from "../plan/allowed-machines.ts";
import { type DecisionRequest, type DescribedModel, decide, isUnchanged, type Lookups } from "../plan/decide.ts";
import { chooseBase, comparePoints, type DefaultBase } from "../plan/default-base.ts";
import { isOrdered, type TrainingOrder } from "../plan/order.ts";
import type { Plan, PlannedModel, PlannedTraining } from "../plan/plan.ts";
import { type FoundRun, noRunLookup, type RunLookup } from "../plan/run-lookup.ts";
import { createSides, type ListedCommit, pathsOfModels, type Side, type Sides, specPaths } from "../plan/side.ts";
import { workTree } from "../plan/tree.ts";
import { type Readiness, waitForPerson, whenInForce } from "../plan/wait.ts";
import { trainingsOf } from "../spec/law.ts";
import { withSeeds } from "../spec/seeds.ts";
import type { Model, Spec } from "../spec/spec.ts";
import { type Declared, gpuHoursOf, wantsGpus, withholdOverBudget } from "./gpu-budget.ts";

export { defaultBase } from "../plan/default-base.ts";

export interface PlanRequest {
  git: Git;
  files: Files;
  lookup: RunLookup;
  /** Default: `assay.yml`, else `.github/assay.yml`. */
  specPath?: string | undefined;
  /** With `work-tree` the plan's commit is HEAD, although files differ from it. */
  target: { commit: string } | "work-tree";
  /** Commit to compare with; null, or the zeros of a push event: none. */
  base: string | null;
  event: Plan["event"];
  pullRequest?: number | undefined;
  headSha?: string | undefined;
  /** Of a pull request; undefined: nothing waits. */
  readiness?: Readiness | undefined;
  /** All jobs of the pull request so far; undefined: nothing limits what it uses. */
  pullRequestJobs?: (() => Promise<readonly Job[]>) | undefined;
  /** For fetching the base when this clone lacks it. */
  token?: string | undefined;
  /** Names of the models to plan; default: all. */
  models?: readonly string[] | undefined;
  /** Training was asked for: what nothing changed has a run afterwards too. */
  asked?: boolean | undefined;
  /** What a person asked for by the app, which therefore waits for nobody. */
  order?: TrainingOrder | undefined;
  /** The commit is a fork's, and an owner allowed it to be trained on the team's machines. */
  allowedFork?: boolean | undefined;
  /** The work tree's state where it is known already. */
  status?: WorkTreeStatus | undefined;
}

/**
 * Which models of the target must be trained, reused or only evaluated, compared with the base, and why.
 * @throws ConfigError for an `assay.yml` that is wrong or names what is not there, MissingDataError when the base cannot be had
 */
export async function planChange(request: PlanRequest): Promise<Plan> {
  const commit = await targetCommit(request);
  const order = request.order && (await narrowed(request.order, request));
  const seeds = order?.seeds;
  const change = (spec: Spec) => (seeds === undefined ? spec : withSeeds(spec, (name) => isOrdered(order, name), seeds));
  const sides = createSides(request.git, request.specPath, request.models, undefined, { commit, change });
  return planSides({ ...request, order }, sides, { commit, ...(await obtainBase(request, commit)) });
}

/** Other seeds are a change by themselves: where no model is named, those that the pull request touches are meant. */
async function narrowed(order: TrainingOrder, request: PlanRequest): Promise<TrainingOrder> {
  if (order.models !== undefined || order.seeds === undefined) return order;
  const { models } = await planChange({ ...request, order: undefined, lookup: noRunLookup, pullRequestJobs: undefined });
  return { ...order, models: models.filter(({ evaluate }) => evaluate).map(({ model }) => model) };
}

/** What is planned by hand, as `defaultBase` finds it. Both commits are described while `git status` looks at the files. */
export async function planHere(
  request: Omit<PlanRequest, "target" | "base" | "status"> & {
    revision?: string | undefined;
    /** The work tree's state where somebody has asked already. */
    status?: Promise<WorkTreeStatus> | undefined;
    /** HEAD, where its files are being listed already. */
    listed?: ListedCommit | undefined;
  },
): Promise<{ plan: Plan; found: DefaultBase }> {
  const { git } = request;
  const sides = createSides(git, request.specPath, request.models, request.listed);
  const points = comparePoints(git, request.revision);
  points.catch(() => {});
  // Changes elsewhere do not matter, and looking for them takes git longer than all the rest.
  const models = await pathsOfModels((path) => request.files.readText(join(git.root, path)), request.specPath);
  const paths = models && [...specPaths(request.specPath), ...models.flat()];
  const status = request.status ? only(paths, request.status) : git.status(paths);
  status.catch(() => {});
  const { head, clean } = await points;
  const inAdvance = (await git.resolve(clean.commit)) !== undefined;
  const first = inAdvance && !request.listed ? clean.commit : head;
  // Most likely the commit's own assay.yml names the same files.
  for (const paths of models ?? [])
    sides
      .tree(first)
      .listRaw(paths)
      .catch(() => {});
  void sides.ofCommit(first);
  void sides.ofCommit(head, first);
  if (inAdvance) void sides.ofCommit(clean.commit, first);
  const found = chooseBase(await points, await status);
  const planned = {
    commit: head,
    ...(inAdvance ? { base: found.base, missing: "" } : await obtainBase({ ...request, ...found }, head)),
  };
  return { plan: await planSides({ ...request, ...found }, sides, planned), found };
}

/** The state at and below the paths. */
async function only(paths: readonly string[] | undefined, status: Promise<WorkTreeStatus>): Promise<WorkTreeStatus> {
  const { head, changes } = await status;
  const wanted = below(paths ?? []);
  return { head, changes: changes.filter(({ path }) => wanted(path)) };
}

/** What is compared, as far as this clone has it. */
interface Commits {
  commit: string;
  base: string | null;
  /** Why there is no base, for people. */
  missing: string;
}

async function planSides(request: PlanRequest, sides: Sides, { commit, base, missing }: Commits): Promise<Plan> {
  const { event } = request;
  const readBase = base === null ? undefined : sides.ofCommit(base);
  const [head, before] = await Promise.all([describeTarget(request, sides, commit, base), readBase]);
  if (head.error) throw head.error;
  const described = acceptable(head);
  checkOrder(request.order, head.spec, before?.spec);

  const models = await Promise.all(
    described.map(async (model): Promise<PlannedModel> => {
      const planned = await planModel(request, model, before?.models.get(model.model.name), reason(model, before));
      if (request.allowedFork) return withholdMoved(planned, model.model, before?.spec);
      if (!request.readiness || isOrdered(request.order, model.model.name)) return planned;
      return waitForPerson(planned, whenInForce(model.model, before?.spec), request.readiness);
    }),
  );
  return {
    schema: "assay.plan/v1",
    commit,
    base,
    event,
    pullRequest: request.pullRequest,
    headSha: request.headSha,
    ...(before?.spec?.writer === "app" && { writer: "app" }),
    models: await withinBudget(models, { law: before?.spec ?? head.spec, head: head.spec }, request),
  };

  function reason({ model }: DescribedModel, side: Side | undefined): string {
    if (!side) return missing;
    if (!side.spec) return `no baseline: at the base, ${side.problem}`;
    const failure = side.failures.get(model.name);
    if (failure) return `no baseline: its inputs at the base cannot be told (${failure.message.split("\n")[0]})`;
    return "no baseline: the base does not have this model";
  }
}

/** Asks what was used only where a budget is declared and GPUs are wanted. */
async function withinBudget(
  models: readonly PlannedModel[],
  declared: Declared,
  { pullRequestJobs }: PlanRequest,
): Promise<readonly PlannedModel[]> {
  const budget = declared.law?.budget;
  if (!budget || !pullRequestJobs || !models.some((model) => wantsGpus(model, declared))) return models;
  const spent = gpuHoursOf(await pullRequestJobs(), declared, new Date());
  return models.map((model) => (wantsGpus(model, declared) ? withholdOverBudget(model, { ...budget, spent }) : model));
}

async function targetCommit({ git, target, status }: PlanRequest): Promise<string> {
  if (target === "work-tree") {
    const head = status?.head ?? (await git.resolve("HEAD"));
    if (head === undefined) throw new UsageError("This repository has no commit yet. Commit something, then plan.");
    return head;
  }
  const commit = await git.resolve(target.commit);
  if (commit === undefined) throw new MissingDataError(`Commit ${target.commit} is not in this clone. Check it out first.`);
  return commit;
}

/** The base where this clone has it or can fetch it. A branch's former tip may be gone for good, which only costs the reasons. */
async function obtainBase(
  { git, base, event, token }: PlanRequest,
  commit: string,
): Promise<{ base: string | null; missing: string }> {
  const none = { base: null, missing: "no baseline yet" };
  if (base === null || /^0+$/.test(base)) return none;
  const found = base === commit ? base : await git.resolve(base);
  if (found !== undefined) return { base: found, missing: "" };
  try {
    await git.fetchCommit(base, token);
    return { base, missing: "" };
  } catch (error) {
    if (event === "push")
      return { base: null, missing: `no run with these inputs is recorded, and ${base} cannot be fetched to compare with` };
    if (!(error instanceof AssayError)) throw error;
    throw new MissingDataError(
      `This clone lacks commit ${base}, which the plan compares with, and it could not be fetched: ${error.message} ` +
        "Give the checkout `fetch-depth: 0`, or pass a token that can read the repository (`contents: read`).",
      { cause: error },
    );
  }
}

async function describeTarget(request: PlanRequest, sides: Sides, commit: string, base: string | null): Promise<Side> {
  if (request.target !== "work-tree") return sides.ofCommit(commit, base ?? undefined);
  const status = request.status ?? (await request.git.status());
  return sides.ofTree(workTree(request.git, request.files, { status, head: sides.tree(commit) }), commit, commit);
}

/** Everything that the head's author must mend, at once. */
function acceptable(head: Side): readonly DescribedModel[] {
  const models = [...head.models.values()];
  const wrong = [...head.failures.values()].flatMap(({ diagnostics }) => diagnostics);
  const unpinned = models
    .filter(({ model }) => model.data.unpinned === "fail")
    .flatMap(({ model, run, evaluation }) => {
      const train = [...run.unpinned].map(([path, message]) => ({ key: "train.inputs.data", path, message }));
      const test = evaluation.unpinned ? [{ key: "evaluate.data", path: evaluation.testPath, message: evaluation.unpinned }] : [];
      return [...train, ...test].map(({ key, path, message }) => ({
        position: model.places.get(`${key} ${path}`) ?? model.position,
        path: `models.${model.name}.${key}`,
        message: `${message}.`,
        fix: "Track it with git, LFS or DVC, or set `data: {unpinned: train}` to train every time.",
      }));
    });
  if (wrong.length + unpinned.length > 0) throw new ConfigError([...wrong, ...unpinned]);
  return models;
}

/** One training is interrupted at a time, and a plan must stay small whatever lies there by those names. */
const maxCheckpoints = 4;

async function planModel(
  { lookup: known, event, asked = false, order }: PlanRequest,
  head: DescribedModel,
  base: DescribedModel | undefined,
  baseMissing: string,
): Promise<PlannedModel> {
  const ordered = isOrdered(order, head.model.name) ? order : undefined;
  const lookup = ordered?.again ? withoutRunsOf(known, head.run.inputHash) : known;
  const lookups = await askFor(lookup, { event, asked }, head, base);
  const decided = decide({ event, asked, head, base, baseMissing, lookups });
  const planned = ordered ? asOrdered(decided, ordered) : decided;
  // What has no content id may have changed although its hash did not.
  if (planned.candidate.decision !== "train" || head.run.unpinned.size > 0) return planned;
  const { points } = planned.candidate;
  if (!points) return { ...planned, candidate: await withCheckpoints(lookup, head.model, planned.candidate) };
  const found = await Promise.all(points.map((point) => withCheckpoints(lookup, head.model, point)));
  return { ...planned, candidate: { ...planned.candidate, points: found } };
}

function asOrdered(planned: PlannedModel, { again, seeds }: TrainingOrder): PlannedModel {
  const { candidate } = planned;
  const because =
    again && candidate.decision === "train" ? [...candidate.because, "asked to be trained again"] : candidate.because;
  return { ...planned, candidate: { ...candidate, because }, ...(seeds !== undefined && { seeds }) };
}

/** @throws UsageError for models that there are not, and fewer seeds than the law asks for */
function checkOrder(order: TrainingOrder | undefined, head: Spec | undefined, law: Spec | undefined): void {
  const unknown = order?.models?.filter((name) => !head?.models.has(name)) ?? [];
  if (unknown.length > 0)
    throw new UsageError(
      `The pull request has no model ${unknown.join(", ")} to train. It has ${[...(head?.models.keys() ?? [])].join(", ")}.`,
    );
  const { seeds } = order ?? {};
  for (const [name, model] of law?.models ?? []) {
    if (seeds === undefined || !isOrdered(order, name) || !head?.models.has(name) || seeds >= trainingsOf(model)) continue;
    throw new UsageError(
      `${name} is to be trained with ${seeds} ${seeds === 1 ? "seed" : "seeds"}, and the base branch's assay.yml asks for ${trainingsOf(model)}. Ask for as many, or more.`,
    );
  }
}

async function withCheckpoints<Run extends PlannedTraining>(
  lookup: RunLookup,
  { name, train }: Model,
  planned: Run,
): Promise<Run> {
  if (planned.decision !== "train") return planned;
  const found = await lookup.findCheckpoints(name, planned.inputHash, train.seeds);
  if (found.length === 0) return planned;
  const usableFirst = found.toSorted((a, b) => Number(b.mayReuse) - Number(a.mayReuse)).slice(0, maxCheckpoints);
  const checkpoints = usableFirst.map(({ run, mayReuse, why }) => ({
    run,
    ...(mayReuse ? {} : { refused: why ?? "its trust is too low" }),
  }));
  return { ...planned, checkpoints };
}

/** Nothing is found of these inputs: they are trained again. */
function withoutRunsOf(lookup: RunLookup, inputHash: Digest): RunLookup {
  return {
    ...lookup,
    findRun: () => Promise.resolve(undefined),
    findPoint: () => Promise.resolve(undefined),
    findBaseline: (model, hash) => (hash === inputHash ? Promise.resolve({ kind: "none" }) : lookup.findBaseline(model, hash)),
  };
}

/** Asks only what the decision needs: an unchanged model costs no request. */
async function askFor(
  lookup: RunLookup,
  { event, asked }: Pick<DecisionRequest, "event" | "asked">,
  head: DescribedModel,
  base: DescribedModel | undefined,
): Promise<Lookups> {
  const nothing = { run: undefined, recorded: undefined, baseline: undefined, points: [], basePoints: [] };
  if (event !== "push" && !asked && isUnchanged(head, base)) return nothing;
  const name = head.model.name;
  const sameRun = head.run.inputHash === base?.run.inputHash;
  const [recorded, baseline] = await Promise.all([
    event === "push" || sameRun ? lookup.findBaseline(name, head.run.inputHash) : undefined,
    base && !sameRun ? lookup.findBaseline(base.model.name, base.run.inputHash) : undefined,
  ]);
  const run = recorded?.kind === "recorded" ? undefined : await lookup.findRun(name, head.run.inputHash);
  const isThere = recorded?.kind === "recorded" || run?.mayReuse;
  const isBaseThere = baseline === undefined || baseline.kind === "recorded";
  const [points, basePoints] = await Promise.all([
    Promise.all(isThere ? [] : head.run.points.map(({ inputHash }) => lookup.findPoint(name, inputHash))),
    Promise.all(isBaseThere || !base ? [] : base.run.points.map(({ inputHash }) => findBaselinePoint(lookup, name, inputHash))),
  ]);
  return { run, recorded, baseline, points, basePoints };
}

async function findBaselinePoint(lookup: RunLookup, model: string, inputHash: Digest): Promise<FoundRun | undefined> {
  const found = await lookup.findBaseline(model, inputHash);
  return found.kind === "recorded" ? { run: found.run, mayReuse: true } : undefined;
}
