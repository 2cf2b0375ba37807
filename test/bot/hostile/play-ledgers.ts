import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { createOctokitGitHub } from "../../../src/github/octokit/octokit-github.ts";
import { createDecisionLedger } from "../../../src/ledger/branch-decisions.ts";
import type { Decision } from "../../../src/ledger/decision.ts";
import { decisionPath, formatDecision } from "../../../src/ledger/decision-record.ts";
import { ledgerBranch } from "../../../src/ledger/ledger.ts";
import { checkName } from "../../../src/report/check.ts";
import { appPermissions, connectApp } from "../test-app.ts";
import { approvalOf, click, forget, openForApproval, pushTo, runForApproval } from "./people.ts";
import type { Opened, Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";

interface Forgery {
  scene: Scene;
  pull: Opened;
  decision: Decision;
}

interface HostileLedger {
  name: string;
  /** Puts an approval there that nobody gave. */
  forge(forgery: Forgery): Promise<void>;
  says: RegExp;
}

const notByTheApp = /was not recorded by the app/;
const changedAfter = /was changed after it was recorded/;
const rewritten = /was rewritten/;

const fileOf = (decision: Decision) => ({ [decisionPath(decision)]: formatDecision(decision) });

const forgeries: readonly HostileLedger[] = [
  {
    name: "pushed by a collaborator",
    forge: async ({ scene, decision }) => void push(scene, { files: fileOf(decision) }),
    says: notByTheApp,
  },
  {
    name: "pushed under the app's name",
    forge: async ({ scene, decision }) => void push(scene, { files: fileOf(decision), author: appOf(scene) }),
    says: notByTheApp,
  },
  {
    name: "pushed under the app's name, as if on GitHub's pages",
    forge: async ({ scene, decision }) =>
      void push(scene, { files: fileOf(decision), author: appOf(scene), committer: "GitHub <noreply@github.com>" }),
    says: notByTheApp,
  },
  {
    name: "pushed under the app's name, and signed with a key of somebody's own",
    forge: async ({ scene, decision }) =>
      scene.world.github.signPushed(push(scene, { files: fileOf(decision), author: appOf(scene) })),
    says: notByTheApp,
  },
  {
    name: "merged from a branch of somebody's own",
    async forge({ scene, decision }) {
      const side = push(scene, { files: fileOf(decision), author: appOf(scene), branch: "side" });
      scene.world.github.signPushed(push(scene, { files: fileOf(decision), author: appOf(scene), merges: side }));
    },
    says: notByTheApp,
  },
  {
    name: "written by a person through the API",
    forge: ({ scene, decision }) => write(scene, decision, "user", "contributor"),
    says: notByTheApp,
  },
  {
    name: "written by the owner through the API",
    forge: ({ scene, decision }) => write(scene, decision, "user", "owner"),
    says: notByTheApp,
  },
  {
    name: "written by a workflow",
    forge: ({ scene, decision }) => write(scene, decision, "workflow"),
    says: notByTheApp,
  },
  ...["another-app", "assay"].map((slug) => ({
    name: `written by the app ${slug}`,
    async forge({ scene: { world }, decision }: Forgery) {
      const app = await world.github.createApp({ slug, permissions: appPermissions, events: [] });
      const { installationId } = await world.github.installApp(app.id, [world.fullName]);
      const { contents } = await connectApp(world.github, app).connect(installationId, world.repository);
      await contents.create(recordOf(decision));
    },
    says: notByTheApp,
  })),
  {
    name: "of another pull request, copied",
    async forge({ scene, decision }) {
      const genuine = await approved(scene);
      const copy = Object.values(fileOf(genuine))[0] ?? "";
      push(scene, { files: { [decisionPath(decision)]: copy } });
    },
    says: notByTheApp,
  },
];

/** Of an approval that was given and counts no more. */
const revivals: readonly HostileLedger[] = [
  {
    name: "changed",
    async forge({ scene, decision }) {
      const genuine = (await scene.records()).find((path) => path.startsWith(`approvals/${decision.pullRequest}/`)) ?? "";
      push(scene, { files: { [genuine]: formatDecision(decision) } });
    },
    says: changedAfter,
  },
  {
    name: "taken out and put back",
    async forge({ scene, decision }) {
      const genuine = (await scene.records()).find((path) => path.startsWith(`approvals/${decision.pullRequest}/`)) ?? "";
      push(scene, { files: { [genuine]: null } });
      push(scene, { files: { [genuine]: formatDecision(decision) } });
    },
    says: changedAfter,
  },
  {
    name: "renamed to what the new head needs",
    async forge({ scene, decision }) {
      const genuine = (await scene.records()).find((path) => path.startsWith(`approvals/${decision.pullRequest}/`)) ?? "";
      push(scene, { files: { [genuine]: null, ...fileOf(decision) } });
    },
    says: notByTheApp,
  },
];

const rewrites: readonly HostileLedger[] = [
  {
    name: "begun anew with a forged record",
    forge: async ({ scene, decision }) =>
      void push(scene, { files: fileOf(decision), author: appOf(scene), branch: "anew", from: "none" }, ledgerBranch),
    says: rewritten,
  },
  {
    name: "set back to before a record",
    forge: async ({ scene }) => moveLedger(scene, git(scene, "rev-parse", `refs/heads/${ledgerBranch}~1`)),
    says: rewritten,
  },
  {
    name: "set back, with a forged record in the place of the last",
    async forge({ scene, decision }) {
      moveLedger(scene, git(scene, "rev-parse", `refs/heads/${ledgerBranch}~1`));
      push(scene, { files: fileOf(decision), author: appOf(scene) });
    },
    says: rewritten,
  },
  {
    name: "deleted",
    forge: async ({ scene }) => void git(scene, "update-ref", "-d", `refs/heads/${ledgerBranch}`),
    says: rewritten,
  },
  {
    name: "replaced by a branch of code",
    forge: async ({ scene }) => moveLedger(scene, git(scene, "rev-parse", "refs/heads/main")),
    says: rewritten,
  },
];

/** Has the app judge pull requests that lack an approval, on a ledger where somebody put one. */
export function playLedgers(tally: Tally, stage: Stage): void {
  tally.declare(forgeries.length + revivals.length + 2 * rewrites.length + 2);
  describe("a ledger", () => {
    const scene = stage.scene("ledgers");

    it("lets an owner's own approval count, or nothing here would mean anything", async () => {
      const { pullRequest } = await approved(scene());
      expect(await scene().records()).toContainEqual(expect.stringContaining(`approvals/${pullRequest}/fraud/`));
    });

    it.each(forgeries)("with an approval that was $name counts it not, and says so", async ({ forge, says }) => {
      const pull = await openForApproval(scene());
      await forge({ scene: scene(), pull, decision: await approvalOf(scene(), pull) });
      await forget(scene(), pull);
      expect(await scene().look(pull)).toMatch(says);
      tally.played("ledgers");
    });

    it.each(revivals)("whose void approval was $name does not revive it", async ({ forge, says }) => {
      const before = await openForApproval(scene());
      await approve(scene(), before);
      const pull = await pushTo(scene(), before);
      await runForApproval(scene(), pull);
      await forge({ scene: scene(), pull, decision: await approvalOf(scene(), pull) });
      await forget(scene(), pull);
      expect(await scene().look(pull)).toMatch(says);
      tally.played("ledgers");
    });

    describe("that was rewritten", () => {
      let last: string;
      beforeAll(async () => {
        await approved(scene());
        last = git(scene(), "rev-parse", `refs/heads/${ledgerBranch}`);
      });

      it.each(rewrites)("$name: nothing in it counts", async ({ forge, says }) => {
        const pull = await openForApproval(scene());
        await approve(scene(), pull);
        last = git(scene(), "rev-parse", `refs/heads/${ledgerBranch}`);
        await forge({ scene: scene(), pull, decision: await approvalOf(scene(), pull) });
        await forget(scene(), pull);
        expect(await scene().look(pull)).toMatch(says);
        tally.played("ledgers");
        moveLedger(scene(), last);
      });

      it.each(rewrites)("$name: nothing is added to it", async ({ forge }) => {
        const pull = await openForApproval(scene());
        await forge({ scene: scene(), pull, decision: await approvalOf(scene(), pull) });
        await forget(scene(), pull);
        await scene().look(pull, { once: true });
        const tip = tipOf(scene());
        await click(scene(), pull, "approve");
        await scene().look(pull);
        expect(tipOf(scene())).toBe(tip);
        tally.played("ledgers");
        moveLedger(scene(), last);
      });
    });

    describe("with 120 forged approvals", () => {
      const scene = stage.scene("flooded-ledgers");
      it("counts none, and says that it does not read them all", async () => {
        const pull = await openForApproval(scene());
        const decision = await approvalOf(scene(), pull);
        const path = decisionPath(decision);
        const others = Array.from({ length: 120 }, (_, index) => path.replace(/\w{3}\.json$/, `${100 + index}.json`))
          .filter((other) => other !== path)
          .slice(0, 119);
        push(scene(), { files: { ...Object.fromEntries(others.map((other) => [other, "{}"])), ...fileOf(decision) } });
        await forget(scene(), pull);
        expect(await scene().look(pull)).toMatch(/There are 120 records: only 100 are read/);
        tally.played("ledgers");
      });
    });

    describe("of a fork, with the app's own commits,", () => {
      const scene = stage.scene("ledgers-of-forks");
      it("counts for nothing here", async () => {
        const { world } = scene();
        const { id, gitFolder } = await world.github.createRepository({
          owner: "stranger",
          name: world.name,
          forkOf: world.fullName,
        });
        const { installationId } = await world.github.installApp(world.app.id, [`stranger/${world.name}`]);
        const { contents } = await world.context.app.connect(installationId, { owner: "stranger", name: world.name });
        const pull = await openForApproval(scene());
        const tip = { recall: async () => undefined, remember: async () => undefined };
        const ledger = createDecisionLedger({ contents, repositoryId: id, bot: world.app.bot.login, tip });
        await ledger.record({ ...(await approvalOf(scene(), pull)), repositoryId: id });
        git(scene(), "fetch", "--quiet", gitFolder, `+refs/heads/${ledgerBranch}:refs/heads/${ledgerBranch}`);
        await forget(scene(), pull);
        expect(await scene().look(pull)).toMatch(/was recorded for another repository/);
        tally.played("ledgers");
      });
    });
  });
}

/** A pull request that an owner approved, and what was recorded. */
async function approved(scene: Scene): Promise<Decision> {
  const pull = await openForApproval(scene);
  await approve(scene, pull);
  return approvalOf(scene, pull);
}

async function approve(scene: Scene, pull: Opened): Promise<void> {
  const { world } = scene;
  await click(scene, pull, "approve");
  await world.reconcile(world.subject(pull.number));
  const check = world.github.checks(pull.headSha).findLast(({ name }) => name === checkName);
  expect(check?.conclusion).toBe("success");
}

function recordOf(decision: Decision) {
  return { branch: ledgerBranch, path: decisionPath(decision), content: formatDecision(decision), message: "Approve fraud" };
}

async function write({ world }: Scene, decision: Decision, kind: "user" | "workflow", login?: string): Promise<void> {
  const { github, fullName, repository } = world;
  const token = github.tokenFor({ repository: fullName, kind, login, permissions: { contents: "write" } });
  const { contents } = await createOctokitGitHub({ ...repository, token, apiUrl: github.url });
  await contents.create(recordOf(decision));
}

function appOf({ world }: Scene): string {
  const { id, login } = world.app.bot;
  return `${login} <${id}+${login}@users.noreply.github.com>`;
}

function tipOf(scene: Scene): string {
  return git(scene, "for-each-ref", "--format=%(objectname)", `refs/heads/${ledgerBranch}`);
}

function moveLedger(scene: Scene, to: string): void {
  git(scene, "update-ref", `refs/heads/${ledgerBranch}`, to);
}

function git({ world }: Scene, ...args: string[]): string {
  return execFileSync("git", ["-C", world.gitFolder, ...args], { encoding: "utf8" }).trim();
}

interface Push {
  files: Readonly<Record<string, string | null>>;
  /** Default: a collaborator. */
  author?: string;
  committer?: string;
  /** Default: the ledger. */
  branch?: string;
  merges?: string;
  /** A commit without parents. */
  from?: "none";
}

/** A commit on the ledger as it is, by somebody. @param as what else then is at it @returns the commit */
function push(scene: Scene, { files, author, committer, branch = ledgerBranch, merges, from }: Push, as?: string): string {
  const known = tipOf(scene) || git(scene, "rev-parse", "refs/heads/main");
  const who = author ?? "contributor <contributor@users.noreply.github.com>";
  const at = `${Math.floor(Date.now() / 1_000)} +0000`;
  const stream = [
    `commit refs/heads/${branch}\nmark :1\nauthor ${who} ${at}\ncommitter ${committer ?? who} ${at}\ndata 7\nApprove`,
    ...(from === "none" ? [] : [`from ${known}`]),
    ...(merges === undefined ? [] : [`merge ${merges}`]),
    ...Object.entries(files).map(([path, content]) =>
      content === null ? `D ${path}` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}`,
    ),
    "get-mark :1\n",
  ];
  const options = { input: stream.join("\n"), encoding: "utf8" } as const;
  const commit = execFileSync("git", ["-C", scene.world.gitFolder, "fast-import", "--quiet", "--force"], options).trim();
  if (as !== undefined) git(scene, "update-ref", `refs/heads/${as}`, commit);
  return commit;
}
