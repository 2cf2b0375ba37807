import type { AppFacts, Report } from "../../src/report/report.ts";
import { createModelReport, createReport, headSha, judged, mixedGates } from "./create-report.ts";

const older = "77c2a9f3e85160b7d4928c3fa6e5d0b1944be01d";
const ownerDecides = ["The test set changed, and the model could not be judged on the base branch's: it was not evaluated on it"];

const app: AppFacts = {
  commands: ["help", "status", "retrain", "approve", "waive", "allow-fork", "explain"],
  approvals: [],
  answers: [],
  askedOwners: [],
};

function createAppReport(overrides: Partial<Report> = {}, facts: Partial<AppFacts> = {}): Report {
  const pullRequest = {
    number: 214,
    title: "Train on October and allow deeper trees",
    headRef: "tune-leaves",
    baseRef: "main",
    author: "octocat",
    fromFork: false,
  };
  return createReport({ pullRequest, writer: "app", app: { ...app, ...facts }, ...overrides });
}

const wanted = judged("fraud", { reasons: ownerDecides });
const wantsApproval = createModelReport({
  owners: ["@acme/risk", "@octocat"],
  state: { ...wanted, ownerDecides } as typeof wanted,
});

/** Pull requests with the app, by name. */
export const appStates: Readonly<Record<string, () => Report>> = {
  "app-pass": () => createAppReport(),
  "app-approval-wanted": () => createAppReport({ verdict: "inconclusive", models: [wantsApproval] }),
  "app-approved": () => {
    const state = { ...judged("fraud"), ownerDecides, approvals: [{ by: "hubot", headSha }] } as typeof wanted;
    const approvals = [
      { model: "fraud", by: "hubot", headSha, voided: undefined },
      { model: "fraud", by: "monalisa", headSha: older, voided: "the inputs changed" },
    ];
    const answers = ["`fraud` is approved on `9f3c1a2`, result `0a1b2c3d4e5f`."];
    return createAppReport({ models: [createModelReport({ state })] }, { approvals, answers });
  },
  "app-blocked": () => {
    const answers = Array.from({ length: 7 }, (_, index) => `Answer ${index + 1}.`);
    const models = [createModelReport({ state: judged("fraud", { gates: mixedGates() }) })];
    return createAppReport({ verdict: "fail", models }, { answers });
  },
  "app-new-model": () => {
    const reasons = ["The base branch does not know this model yet: a model owner decides."];
    const state = { ...judged("fraud", { reasons }), ownerDecides: reasons } as typeof wanted;
    return createAppReport({ verdict: "inconclusive", models: [createModelReport({ isNew: true, state })] });
  },
  "app-unverified-fork": () => {
    const unverified = "a fork runs its own version of the workflow";
    const models = [createModelReport({ state: { kind: "unverified", message: unverified } })];
    const report = createAppReport({
      verdict: "inconclusive",
      onInconclusive: "allow",
      models,
      unverified,
      links: { run: createReport().links.run },
    });
    return { ...report, pullRequest: report.pullRequest && { ...report.pullRequest, fromFork: true } };
  },
  "app-workflow-changed": () => {
    const unverified = "the pull request changes the workflow that made it";
    return createAppReport({
      verdict: "inconclusive",
      models: [createModelReport({ state: { kind: "unverified", message: unverified } })],
      unverified,
      links: { run: createReport().links.run },
    });
  },
  "app-inconclusive": () => {
    const gates = mixedGates().filter(({ outcome }) => outcome !== "fail");
    return createAppReport({ verdict: "inconclusive", models: [createModelReport({ state: judged("fraud", { gates }) })] });
  },
  "app-job-lost": () =>
    createAppReport({
      verdict: "fail",
      models: [createModelReport({ state: { kind: "lost", message: "Its job ended without evidence." } })],
    }),
};
