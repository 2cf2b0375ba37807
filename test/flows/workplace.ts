import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Evidence } from "../../src/evidence/evidence.ts";
import type { Machine } from "../../src/flows/context.ts";
import { evaluatePlanned } from "../../src/flows/evaluate-planned.ts";
import type { Records } from "../../src/flows/fetch-run.ts";
import { createFolderJobFiles } from "../../src/flows/folder-job-files.ts";
import { runFilesName } from "../../src/flows/job-files.ts";
import { planChange } from "../../src/flows/plan-change.ts";
import { readLaw } from "../../src/flows/read-law.ts";
import { trainPlanned } from "../../src/flows/train-planned.ts";
import { createGitLedger } from "../../src/ledger/git-ledger.ts";
import { createFolderStore } from "../../src/model-store/folder-store.ts";
import type { Plan, PlannedModel } from "../../src/plan/plan.ts";
import { noRunLookup, type RunLookup } from "../../src/plan/run-lookup.ts";
import type { Law } from "../../src/spec/spec.ts";
import { createRepository, files, processes } from "../git/repository.ts";

const fixture = join(import.meta.dirname, "..", "fixtures", "threshold");

/** Changes to a tree: text to write, or an edit of the text that is there. */
export type Edits = Readonly<Record<string, string | ((text: string) => string)>>;

/** The model of the fixture. */
export const model = "threshold";

/**
 * A real git repository with a model that real commands train and score in milliseconds, and the folders that jobs, ledger and
 * store would be; all of it removed when the test is over.
 */
export async function createWorkplace() {
  const folder = mkdtempSync(join(tmpdir(), "assay-flows-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(fixture, join(folder, "repository"), { recursive: true });
  const repository = createRepository(join(folder, "repository"));
  const git = await repository.open();
  const first = repository.commit();

  let output = "";
  const lines: string[] = [];
  const runsFolder = join(folder, "runs");
  const machine: Machine = {
    files,
    git,
    processes,
    jobFiles: createFolderJobFiles(files, runsFolder),
    environment: { PATH: process.env["PATH"] },
    signal: new AbortController().signal,
    output: (chunk) => {
      output += chunk;
    },
    progress: (line) => lines.push(line),
    now: () => new Date("2026-01-02T03:04:05Z"),
  };
  const records: Records = {
    ledger: createGitLedger(git, processes),
    store: createFolderStore(files, join(folder, "store")),
  };

  async function edit(edits: Edits): Promise<string> {
    for (const [path, change] of Object.entries(edits)) {
      const before = (await files.readText(join(repository.folder, path))) ?? "";
      repository.write(path, typeof change === "string" ? change : change(before));
    }
    return repository.commit();
  }

  /** What is recorded, else what this run of the workflow has kept. */
  const lookup: RunLookup = {
    ...noRunLookup,
    async findRun(name, inputHash) {
      const recorded = await lookup.findBaseline(name, inputHash);
      return recorded.kind === "recorded" ? { run: recorded.run, mayReuse: true } : undefined;
    },
    findPoint: (name, inputHash) => lookup.findRun(name, inputHash),
    async findBaseline(name, inputHash) {
      if (await records.ledger.findEvidence(name, inputHash))
        return { kind: "recorded", run: { kind: "store", inputHash, origin: "the ledger" } };
      const artifactName = runFilesName(name, inputHash);
      if (!(await files.exists(join(runsFolder, artifactName)))) return { kind: "none" };
      return { kind: "recorded", run: { kind: "artifact", inputHash, artifactName, origin: "an earlier run" } };
    },
  };

  const lawOf = async (commit: string | null): Promise<Law | null> =>
    commit === null ? null : readLaw(async (path) => (await git.read(commit, path))?.toString("utf8"), commit, undefined);

  async function planOf(
    commit: string,
    base: string | null,
    event: Plan["event"] = base ? "pull_request" : "push",
  ): Promise<{ plan: Plan; planned: PlannedModel }> {
    const plan = await planChange({ git, files, lookup, target: { commit }, base, event });
    const planned = plan.models.find(({ model: name }) => name === model);
    if (!planned) throw new Error(`the plan has no model ${model}`);
    return { plan, planned };
  }

  async function specAndBase(plan: Plan) {
    const head = await lawOf(plan.commit);
    if (!head) throw new Error("the planned commit has no assay.yml");
    return { spec: head.spec, base: await lawOf(plan.base) };
  }

  const identity = { repository: "acme/models" };

  async function train(plan: Plan, overrides: Partial<Machine> = {}, point?: string): Promise<readonly Evidence[]> {
    return trainPlanned({ plan, model, point, identity, ...(await specAndBase(plan)) }, { ...machine, ...overrides });
  }

  async function evaluate(plan: Plan): Promise<Evidence> {
    const [planned] = plan.models;
    if (!planned) throw new Error("the plan has no model");
    const { spec, base } = await specAndBase(plan);
    return evaluatePlanned(
      { planned, spec, base, identity, law: plan.event === "pull_request" ? base : await lawOf(plan.commit) },
      machine,
      records,
    );
  }

  return {
    folder,
    runsFolder,
    repository,
    first,
    machine,
    records,
    lookup,
    edit,
    planOf,
    train,
    evaluate,
    /** Plans, trains and evaluates; the tree must be checked out. */
    async run(commit: string, base: string | null, event?: Plan["event"]) {
      const { plan, planned } = await planOf(commit, base, event);
      const trained = await train(plan);
      return { plan, planned, trained, evidence: await evaluate(plan) };
    },
    /** What the user's commands printed. */
    output: () => output,
    lines,
  };
}

export type Workplace = Awaited<ReturnType<typeof createWorkplace>>;

/** An edit of the fixture that trains it with three seeds, whose thresholds lie two apart. */
export const threeSeeds: Edits = {
  "assay.yml": (text) =>
    text
      .replace("params: [{params.yaml: [threshold, trouble]}]", "params: [params.yaml]")
      .replace("timeout: 5m", "seeds: [4, 5, 6]"),
  "params.yaml": (text) => `${text}spread: 2\n`,
};

/** An edit of the fixture's params. */
export const setParam = (name: string, value: string | number): Edits => ({
  "params.yaml": (text) => text.replace(new RegExp(`^${name}: .*$`, "m"), `${name}: ${value}`),
});
