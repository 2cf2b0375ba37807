import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import type { CheckRun } from "../../../src/embedded-github/state.ts";
import { digestOf } from "../../../src/evidence/digest.ts";
import { ledgerBranch } from "../../../src/ledger/ledger.ts";
import { checkName } from "../../../src/report/check.ts";
import type { Honest, Upload } from "../../fixtures/hostile/artifacts.ts";
import { better } from "../../flows/create-judgement.ts";
import { createEvidence, createPlannedModel } from "../../report/create-report.ts";
import { type World, workflow } from "../world.ts";
import { hiddenIn, liveIn } from "./live.ts";
import type { Tally } from "./tally.ts";

/** Where hostile things happen: a world, and what has to hold of it whatever happens. */
export interface Scene {
  world: World;
  /** A pull request on a branch of its own. */
  open(files?: Readonly<Record<string, string>>, options?: { fork?: string }): Promise<Opened>;
  /** A run as its workflow would leave it, that leaves other things. */
  play(pull: PullRequestShas, leaves: (honest: Honest) => readonly Upload[], options?: RunFacts): Promise<number>;
  /** Has the pull request looked at, twice unless it is said, and holds what is shown against the rules. @returns what the check says */
  look(pull: PullRequestShas, options?: { once: boolean }): Promise<string>;
  /** Paths of the ledger's files. */
  records(): Promise<readonly string[]>;
}

export interface Opened extends PullRequestShas {
  branch: string;
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

/** @param owners of its model, who may be asked for something */
export function createScene(world: World, tally: Tally, owners: readonly string[]): Scene {
  const { github, fullName } = world;
  let opened = 0;

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
    async open(files = {}, options = {}) {
      opened += 1;
      const branch = `change-${opened}`;
      const pull = await world.open({ "train.py": `change ${opened}`, ...files }, { branch, ...options });
      return { ...pull, branch };
    },
    async play(pull, leaves, facts = {}) {
      const { minutesAgo = 0, ...rest } = facts;
      const { runId } = await github.createRun({
        repository: fullName,
        event: "pull_request",
        workflowPath: workflow,
        headSha: pull.headSha,
        headBranch: "branch" in pull ? String(pull.branch) : "change",
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
      const { login } = world.app.bot;
      const checks = github
        .checks(pull.headSha)
        .filter(({ name, appSlug }) => name === checkName && appSlug !== "github-actions");
      const comments = github.comments(pull.number).filter(({ author }) => author === login);

      const newest = checks.at(-1);
      if (!newest) throw new Error(`#${pull.number} has no check.`);

      // Wrong posts: twice, or elsewhere.
      tally.expectNone(
        "wrong posts",
        comments.slice(1).map(({ body }) => body),
      );
      tally.expectNone(
        "wrong posts",
        checks.flatMap((check, index) =>
          index === 0 || isReplaced(checks[index - 1], check) ? [] : `another check: ${check.title}`,
        ),
      );
      const own = new Set([...comments, ...checks].map(({ id }) => String(id)));
      const reactions = github.comments(pull.number).map(({ id }) => String(id));
      const started = github.dispatches().filter(({ inputs }) => inputs["pull-request"] === String(pull.number));
      const elsewhere = github.requests.slice(before).filter(({ method, path }) => {
        if (method === "GET" || path === "/graphql" || path.startsWith("/app/installations/")) return false;
        const [, , , , place = "", ...rest] = path.split("/");
        if (!path.startsWith(`/repos/${fullName}/`)) return true;
        if (place === "check-runs") return rest[0] !== undefined && !own.has(rest[0]);
        if (place === "actions") return !started.some(({ runId }) => rest.join("/") === `runs/${runId}/cancel`);
        if (place === "issues" && rest[0] === "comments") return !own.has(rest[1] ?? "") && !reactions.includes(rest[1] ?? "");
        return place !== "issues" || rest[0] !== String(pull.number);
      });
      tally.expectNone(
        "wrong posts",
        elsewhere.map(({ method, path }) => `${method} ${path}`),
      );

      const texts = [...comments.map(({ body }) => body), ...checks.flatMap(({ summary, text }) => [summary ?? "", text ?? ""])];
      // GitHub shows these as they are.
      const plain = checks.flatMap(({ title, annotations }) => [title ?? "", ...annotations.map(({ message }) => message)]);
      const allowed = [github.serverUrl, "https://github.com/assay-ml/assay"];
      const live = texts.flatMap((text) => liveIn(withoutAsking(text, owners), allowed));
      tally.expectNone("escapes", [...plain.flatMap(hiddenIn), ...live]);
      const { conclusion, title, summary, text } = newest;
      const isOpen = conclusion === null || conclusion === "failure" || conclusion === "action_required";
      tally.expectNone("passed", isOpen ? [] : [`${conclusion}: ${title}`]);
      return plainText([title, summary, text].join("\n"));
    },
    async records() {
      const connected = await world.context.app.connect(world.repository.installation, world.repository);
      return connected.contents.list("", ledgerBranch);
    },
  };
}

/** GitHub never takes an annotation away: a check that has one too many is replaced by a new one, which is the one that it shows. */
function isReplaced(check: CheckRun | undefined, by: CheckRun): boolean {
  return check?.annotations.some((one) => !by.annotations.some((other) => isDeepStrictEqual(one, other))) ?? false;
}

/** Without the one place where owners are asked to look. */
function withoutAsking(markdown: string, owners: readonly string[]): string {
  const names = owners.map((owner) => `@${owner}`).join("|");
  return markdown.replace(new RegExp(`^(\\d+\\. )(?:${names})(?: or (?:${names}))*(?= looks at \`fraud\`)`, "m"), "$1");
}

/** As people read it. */
export function plainText(markdown: string): string {
  return markdown.replace(/&#8203;|\u200b|\\(?=[!-/:-@[-`{-~])/g, "");
}
