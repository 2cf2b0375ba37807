import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { digestOf } from "../../../src/evidence/digest.ts";
import { checkName } from "../../../src/report/check.ts";
import type { Honest, Upload } from "../../fixtures/hostile/artifacts.ts";
import { better } from "../../flows/create-judgement.ts";
import { createEvidence, createPlannedModel } from "../../report/create-report.ts";
import { type World, workflow } from "../world.ts";
import { hiddenIn, liveIn } from "./live.ts";

/** Where hostile things happen: a world, and what has to hold of it whatever happens. */
export interface Scene {
  world: World;
  honest(pull: PullRequestShas, runId: number): Honest;
  /** A run as its workflow would leave it, that leaves other things. */
  play(pull: PullRequestShas, leaves: (honest: Honest) => readonly Upload[], options?: RunFacts): Promise<number>;
  /** Has the pull request looked at, twice unless it is said, and holds what is shown against the rules. @returns all that is said of it */
  look(pull: PullRequestShas, options?: { once: boolean }): Promise<string>;
}

export interface RunFacts {
  event?: string;
  workflowPath?: string;
  headBranch?: string;
  headSha?: string;
  pullRequest?: number | undefined;
  referencedWorkflows?: readonly { path: string; sha: string }[];
  minutesAgo?: number;
  title?: string;
  actor?: string;
}

export function createScene(world: World): Scene {
  const { github, fullName } = world;

  function honest(pull: PullRequestShas, runId: number): Honest {
    const inputHash = digestOf(`inputs of ${pull.headSha}`);
    const planned = createPlannedModel("fraud");
    return {
      plan: {
        schema: "assay.plan/v1",
        commit: pull.mergeSha,
        base: pull.baseSha,
        event: "pull_request",
        pullRequest: pull.number,
        headSha: pull.headSha,
        models: [{ ...planned, candidate: { ...planned.candidate, inputHash } }],
      },
      evidence: createEvidence("fraud", {
        inputHash,
        evaluations: [better],
        source: {
          repository: fullName,
          commit: pull.mergeSha,
          headSha: pull.headSha,
          pullRequest: pull.number,
          run: { id: runId, attempt: 1, event: "pull_request", workflow },
        },
      }),
      ownCommit: pull.headSha,
    };
  }

  return {
    world,
    honest,
    async play(pull, leaves, facts = {}) {
      const { minutesAgo = 0, ...rest } = facts;
      const { runId } = await github.createRun({
        repository: fullName,
        event: "pull_request",
        workflowPath: workflow,
        headSha: pull.headSha,
        headBranch: "change",
        pullRequest: pull.number,
        ...rest,
      });
      if (minutesAgo > 0) await github.createJob(runId, { name: "Train fraud", minutesAgo });
      await github.createJob(runId, { name: "Plan" });
      for (const { name, content, expired, altered } of leaves(honest(pull, runId))) {
        const bytes = Buffer.from(content);
        const { id } = await github.addArtifact({ runId, name, bytes, mimeType: "application/json" });
        if (expired) await github.expireArtifact(id);
        const stored = github.artifacts(runId).find((artifact) => artifact.id === id);
        if (altered && stored)
          writeFileSync(stored.file, Buffer.concat([readFileSync(stored.file).subarray(1), Buffer.from(" ")]));
      }
      await github.finishJob(runId, "Plan", "success");
      if (minutesAgo === 0) await github.createJob(runId, { name: "Train fraud" });
      await github.finishRun(runId, "success");
      return runId;
    },
    async look(pull, { once } = { once: false }) {
      const before = github.requests.length;
      const subject = world.subject(pull.number);
      await world.reconcile(subject);
      if (!once) await world.reconcile(subject);
      const checks = github
        .checks(pull.headSha)
        .filter(({ name, appSlug }) => name === checkName && appSlug !== "github-actions");
      const viewer = (await world.context.app.about()).bot?.login;
      const comments = github.comments(pull.number).filter(({ author }) => author === viewer);

      // Wrong posts: elsewhere, or twice.
      expect(comments.length).toBeLessThanOrEqual(1);
      expect(checks.length).toBe(1);
      const own = new Set([...comments, ...checks].map(({ id }) => String(id)));
      const reactions = github.comments(pull.number).map(({ id }) => String(id));
      const elsewhere = github.requests.slice(before).filter(({ method, path }) => {
        if (method === "GET" || path.startsWith("/app/installations/")) return false;
        const [, , , , place = "", ...rest] = path.split("/");
        if (!path.startsWith(`/repos/${fullName}/`)) return true;
        if (place === "check-runs") return rest[0] !== undefined && !own.has(rest[0]);
        if (place === "issues" && rest[0] === "comments") return !own.has(rest[1] ?? "") && !reactions.includes(rest[1] ?? "");
        return place !== "issues" || rest[0] !== String(pull.number);
      });
      expect(elsewhere).toEqual([]);

      const texts = [...comments.map(({ body }) => body), ...checks.flatMap(({ summary, text }) => [summary ?? "", text ?? ""])];
      // GitHub shows these as they are.
      const plain = checks.flatMap(({ title, annotations }) => [title ?? "", ...annotations.map(({ message }) => message)]);
      expect(plain.flatMap(hiddenIn)).toEqual([]);
      const allowed = [github.serverUrl, "https://github.com/assay-ml/assay"];
      expect(texts.flatMap((text) => liveIn(text, allowed))).toEqual([]);
      // Nothing passes.
      for (const { conclusion } of checks) expect(["failure", "action_required", "neutral", null]).toContain(conclusion);
      return [...texts, ...plain].join("\n");
    },
  };
}
