import type { Evidence } from "../evidence/evidence.ts";
import { judgeModel } from "../gates/judge-model.ts";
import { decidingGates } from "../gates/new-model.ts";
import type { Waivers } from "../gates/waive.ts";
import type { Decision } from "../ledger/decision.ts";
import type { Plan, PlannedModel } from "../plan/plan.ts";
import { type AppFacts, isByHand, type JobLink, type ModelReport, type ModelState, type Report } from "../report/report.ts";
import { applyLaw, compareLaws } from "../spec/law.ts";
import { measuredBy } from "../spec/measured-by.ts";
import type { Law, Model, Spec } from "../spec/spec.ts";
import type { TrustLevel } from "../trust/trust.ts";
import { approvalsOf, shownApprovals, waiversIn } from "./decided.ts";
import { failureOf, isHandedOff } from "./failure.ts";
import { judgingOf } from "./judging-of.ts";
import { jobIsOf } from "./model-jobs.ts";

/** Everything that is known when a verdict is asked for. */
export interface JudgeRequest {
  repository: string;
  serverUrl: string;
  plan: Plan;
  pullRequest?: Report["pullRequest"];
  /** Base's rules; null when base has no `assay.yml`. */
  law: Law | null;
  /** Rules of the planned tree, null when they cannot be read here. */
  headSpec: Spec | null;
  /** Verified evidence by model. */
  evidence: ReadonlyMap<string, { evidence: Evidence; trust: TrustLevel }>;
  /** Models whose evidence is there and not believed, with the reason. */
  refused: ReadonlyMap<string, string>;
  /** The workflow run's other jobs, empty when run by hand. */
  jobs: readonly JudgedJob[];
  links: Report["links"];
  /** GPU-hours of the pull request, where the law has a budget of them. */
  budget?: Report["budget"];
  /** Why the run's numbers are claims, which never pass. */
  unverified?: string | undefined;
  /** Models of which such a run has evidence: nobody has to read it. */
  claimed?: ReadonlySet<string> | undefined;
  /** What people decided about the pull request, as far as it counts. */
  decisions?: readonly Decision[] | undefined;
  /** What the app knows besides; undefined without it. */
  app?: Omit<AppFacts, "approvals"> | undefined;
  /** The day of the judgement in UTC, `2026-11-02`: waivers end. */
  today: string;
}

export interface JudgedJob extends JobLink {
  finished: boolean;
}

/** Decides what the evidence means by the law in force. Pure: nothing is fetched and nothing is published. */
export function judge(request: JudgeRequest): Report {
  const models = request.plan.models.map((planned) => judgeOne(planned, request));
  const jobs = request.plan.models.filter(({ evaluate, waitsFor }) => evaluate && waitsFor === undefined).length;
  return {
    repository: request.repository,
    serverUrl: request.serverUrl,
    event: request.plan.event,
    pullRequest: request.pullRequest,
    headSha: request.plan.headSha ?? request.plan.commit,
    baseSha: request.plan.base,
    models,
    verdict: together(models, request),
    writer: request.law?.spec.writer ?? "action",
    onInconclusive: request.law?.spec.onInconclusive ?? "block",
    law: request.law && { commit: request.law.commit, path: request.law.spec.path },
    lawChanges: lawChanges(request),
    budget: request.budget,
    jobs: { done: jobs - models.filter(({ state }) => state.kind === "pending").length, total: jobs },
    // A page that such a run uploaded is a claim as well.
    links: request.unverified === undefined ? request.links : { run: request.links.run },
    ...(request.unverified !== undefined && { unverified: request.unverified }),
    app: request.app && { ...request.app, approvals: shownApprovals(request.decisions ?? [], models) },
  };
}

function judgeOne(planned: PlannedModel, request: JudgeRequest): ModelReport {
  const lawModel = request.law?.spec.models.get(planned.model);
  const headModel = request.headSpec?.models.get(planned.model);
  return {
    name: planned.model,
    owners: (lawModel ?? headModel)?.owners ?? [],
    plan: planned,
    state: believedState(stateOf(planned, request), request),
    ...(request.app && !lawModel && { isNew: true as const }),
  };
}

/** What a run says that nobody can vouch for is a claim: that it passed, and that there is nothing to train. */
function believedState(state: ModelState, { unverified }: JudgeRequest): ModelState {
  if (unverified === undefined || ["pending", "waiting", "failed", "lost"].includes(state.kind)) return state;
  return { kind: "unverified", message: state.kind === "withheld" ? state.message : unverified };
}

function stateOf(planned: PlannedModel, request: JudgeRequest): ModelState {
  if (!planned.evaluate) return { kind: "unchanged" };
  if (planned.withheld !== undefined) return { kind: "withheld", message: planned.withheld };
  if (planned.waitsFor !== undefined) return { kind: "waiting", waitsFor: planned.waitsFor };
  const job = jobOf(planned.model, request.jobs);
  const refused = request.refused.get(planned.model);
  if (refused !== undefined) return { kind: "failed", message: refused, job };
  const found = request.evidence.get(planned.model);
  if (!found && request.unverified !== undefined && request.claimed?.has(planned.model))
    return { kind: "unverified", message: request.unverified };
  if (!found) {
    if (job && !job.finished) return { kind: "pending", job };
    if (isByHand(request))
      return {
        kind: "unevaluated",
        message: `Nothing was evaluated of it: \`assay train ${planned.model} && assay evaluate ${planned.model}\`.`,
      };
    return {
      kind: "lost",
      job,
      message: "Its job ended without evidence: it was cancelled, its machine was lost, or it failed early.",
    };
  }
  const { evidence, trust } = found;
  const failure = failureOf(evidence);
  if (failure && isHandedOff(evidence)) return { kind: "pending", job, message: failure };
  if (failure) return { kind: "failed", message: failure, job, evidence };

  const lawModel = request.law?.spec.models.get(planned.model);
  const headModel = request.headSpec?.models.get(planned.model);
  // Base's gates, at the places where the head has them.
  const gates = (lawModel && headModel ? applyLaw(lawModel, headModel) : (lawModel ?? headModel))?.gates ?? [];
  const verified = trust === "fork" && request.app !== undefined;
  const ownerDecides = [
    ...(lawModel ? untestedOnBase(planned, evidence, request) : [noLaw(request)]),
    ...(verified ? ["A fork's commit was trained here because an owner allowed it: a model owner decides on its result."] : []),
  ];
  const approvals = approvalsOf(request.decisions ?? [], evidence);
  const reasons = approvals.length > 0 ? [] : ownerDecides;
  const compared = evidence.evaluations.some(({ baseline }) => baseline !== undefined);
  const judging = {
    ...judgingOf(lawModel ?? headModel, evidence, { reused: isReused(planned) }),
    model: planned.model,
    gates,
    waivers: waiversOf(planned.model, request),
    reasons,
  };
  const judged = judgeModel(judging);
  const deciding = decidingGates(gates, { isNew: !lawModel, isAccepted: approvals.length > 0, isCompared: compared });
  const decided = deciding === gates ? judged : judgeModel({ ...judging, gates: deciding });
  const outcome = reasons.length === 0 || judged.outcome === "fail" ? decided.outcome : "inconclusive";
  return {
    kind: compared ? "judged" : "recorded",
    verdict: outcome === judged.outcome ? judged : { ...judged, outcome },
    evidence,
    trust,
    ...(verified && { verified }),
    ...(request.app && ownerDecides.length > 0 && { ownerDecides }),
    ...(approvals.length > 0 && { approvals }),
  };
}

function isReused(planned: PlannedModel | undefined): boolean {
  return planned !== undefined && planned.candidate.decision !== "train";
}

/** Base's and the owners' count: what a pull request waives for itself is worth nothing. */
function waiversOf(model: string, { law, today, decisions = [] }: JudgeRequest): Waivers {
  return { all: [...(law?.spec.models.get(model)?.waivers ?? []), ...waiversIn(decisions, model)], today };
}

function noLaw({ law }: JudgeRequest): string {
  return law
    ? "The base branch does not know this model yet: a model owner decides."
    : "The base branch has no assay.yml yet: a model owner decides.";
}

/** A changed test set is judged on base's too; where it could not be, an owner decides. */
function untestedOnBase({ testSetChanged }: PlannedModel, evidence: Evidence, { plan }: JudgeRequest): readonly string[] {
  if (!testSetChanged || plan.event === "push" || evidence.evaluations.some(({ role }) => role === "base")) return [];
  const why = evidence.baseTestSetMissing ?? "it was not evaluated on it";
  return [`The test set changed, and the model could not be judged on the base branch's: ${why}`];
}

/** Of a grid's several jobs one that is not over, else the one that evaluates. */
function jobOf(model: string, jobs: readonly JudgedJob[]): JudgedJob | undefined {
  const own = jobs.filter(({ name }) => jobIsOf(name, model));
  return own.find(({ finished }) => !finished) ?? own.find(({ name }) => /\bevaluate /i.test(name)) ?? own[0];
}

function together(models: readonly ModelReport[], { plan: { event }, unverified }: JudgeRequest): Report["verdict"] {
  const outcomes = models.map(({ state }): Report["verdict"] => {
    // A protected branch records its first model: there is nothing yet that it could be held against.
    if (state.kind === "recorded" && event === "push" && state.verdict.outcome === "inconclusive") return "pass";
    if (state.kind === "judged" || state.kind === "recorded") return state.verdict.outcome;
    if (state.kind === "pending" || state.kind === "waiting") return state.kind;
    if (state.kind === "unverified") return "inconclusive";
    return state.kind === "unchanged" ? "pass" : "fail";
  });
  const worst = (["pending", "fail", "waiting", "inconclusive"] as const).find((outcome) => outcomes.includes(outcome));
  return worst ?? (unverified === undefined ? "pass" : "inconclusive");
}

function lawChanges(request: JudgeRequest): Report["lawChanges"] {
  const { law, headSpec, evidence } = request;
  if (!law || !headSpec) return [];
  const changes = compareLaws(law.spec, headSpec);
  return changes.map(({ model, ...change }) => {
    const head = headSpec.models.get(model);
    const found = evidence.get(model)?.evidence;
    const evaluations = found?.evaluations;
    const before = law.spec.models.get(model);
    // A model that base does not know was measured by the head's rules.
    const canBeTried = head && found && evaluations?.length && (before === undefined || measuresSame(before, head));
    if (!canBeTried) return { model, ...change, wouldBe: undefined };
    const waivers = waiversOf(model, request);
    const reused = isReused(request.plan.models.find((planned) => planned.model === model));
    const judged = judgeModel({ ...judgingOf(head, found, { reused }), model, gates: head.gates, waivers });
    return { model, ...change, wouldBe: judged.outcome };
  });
}

/** Whether the evidence, which was measured by base's rules, holds all that the head's would be judged on. */
function measuresSame(base: Model, head: Model): boolean {
  const { metrics } = base.evaluate;
  const smallest = ({ evaluate }: Model, name: string) => evaluate.slices.find(({ column }) => column === name)?.minRows;
  const hasSlices = head.gates.every(
    ({ slice }) =>
      slice === undefined || (smallest(head, slice.column) ?? 0) >= (smallest(base, slice.column) ?? Number.POSITIVE_INFINITY),
  );
  return measuredBy(base) === measuredBy(head, metrics) && hasSlices;
}
