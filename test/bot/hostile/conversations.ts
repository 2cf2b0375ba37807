import type { Request } from "../../../bot/request.ts";
import { createOctokitGitHub } from "../../../src/github/octokit/octokit-github.ts";
import { worse } from "../../flows/create-judgement.ts";
import { assayYml } from "../world.ts";
import { nextSecond, openForApproval, pushTo, runForApproval } from "./people.ts";
import type { Opened, Scene } from "./scene.ts";

/** Somebody asks for something, and between that and its execution something happens. */
export interface HostileConversation {
  name: string;
  /** Default: a pull request that lacks an owner's approval, and nothing else. */
  opens?(scene: Scene): Promise<Opened>;
  /** What is said by somebody who saw the verdict. @returns what the app hears of it */
  says(scene: Scene, pull: Opened): Promise<Request>;
  /** What happens in a later second, before the app comes to it. @returns the pull request as it is then, if that is another */
  meanwhile?(scene: Scene, pull: Opened, request: Request): Promise<Opened | undefined>;
  /** What is answered; "none": nothing. */
  answer: RegExp | "none";
}

const approve = "/assay approve fraud";
const waive = (until: string) => `/assay waive fraud accuracy.no-worse-than --reason "ok" --until ${until}`;
const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);

function comment(body: string, author = "owner"): HostileConversation["says"] {
  return async ({ world }, { number }) => ({
    kind: "comment",
    id: (await world.github.addComment({ number, author, body })).id,
  });
}

function review(author = "owner", commitSha?: (pull: Opened) => string): HostileConversation["says"] {
  return async ({ world }, pull) => {
    const given = { number: pull.number, author, state: "APPROVED", commitSha: commitSha?.(pull) } as const;
    return { kind: "review", id: (await world.github.review(given)).id };
  };
}

function button(of: "approve" | "retrain", login = "owner"): HostileConversation["says"] {
  return async (_, { number, headSha }) => {
    const at = new Date().toISOString();
    return { kind: "button", id: `button-${number}`, button: of, by: { id: 7, login }, headSha, at };
  };
}

/** Whoever has write permission can change the comments of others. */
async function commentsOf({ world }: Scene, login: string) {
  const { github, repository, fullName } = world;
  const token = github.tokenFor({ repository: fullName, kind: "user", login, permissions: { "pull-requests": "write" } });
  return { token, comments: (await createOctokitGitHub({ ...repository, token, apiUrl: github.url })).comments };
}

function edited(...bodies: string[]): HostileConversation["meanwhile"] {
  return async (scene, _, { id }) => {
    const { comments } = await commentsOf(scene, "maintainer");
    for (const body of bodies) await comments.update(Number(id), body);
    return undefined;
  };
}

async function deleted(scene: Scene, _: Opened, { id }: Request): Promise<undefined> {
  const { world } = scene;
  const { token } = await commentsOf(scene, "maintainer");
  const url = `${world.github.url}/repos/${world.fullName}/issues/comments/${id}`;
  await fetch(url, { method: "DELETE", headers: { authorization: `token ${token}` } });
  return undefined;
}

/** Before GitHub's clock shows another second. */
function editedAtOnce(from: string, to: string): HostileConversation["says"] {
  return async (scene, pull) => {
    const { comments } = await commentsOf(scene, "maintainer");
    await nextSecond();
    const request = await comment(from)(scene, pull);
    await comments.update(Number(request.id), to);
    return request;
  };
}

function permission(login: string, level: "none" | "read"): HostileConversation["meanwhile"] {
  return async ({ world }) => {
    await world.github.setPermission({ repository: world.fullName, login, permission: level });
    return undefined;
  };
}

async function failed(scene: Scene): Promise<Opened> {
  const pull = await scene.open();
  await scene.world.run(pull, { evaluation: worse });
  await scene.look(pull, { once: true });
  return pull;
}

async function pushedAndShown(scene: Scene, pull: Opened): Promise<Opened> {
  const head = await pushTo(scene, pull);
  await runForApproval(scene, head);
  return head;
}

const wasEdited = /was edited after it was written/;
const noOwner = /is no owner of/;
const notShown = /Shown was/;

const edits: readonly HostileConversation[] = [
  { name: "a comment edited into an approval", says: comment("Thanks!"), meanwhile: edited(approve), answer: wasEdited },
  {
    name: "a harmless command edited into an approval",
    says: comment("/assay status"),
    meanwhile: edited(approve),
    answer: wasEdited,
  },
  { name: "an approval edited into itself", says: comment(approve), meanwhile: edited("x", approve), answer: wasEdited },
  { name: "an approval edited into another", says: comment(`${approve} x`), meanwhile: edited(approve), answer: wasEdited },
  { name: "an approval edited away", says: comment(approve), meanwhile: edited("Never mind"), answer: "none" },
  { name: "an approval edited into a quote", says: comment(approve), meanwhile: edited(`> ${approve}`), answer: "none" },
  { name: "an approval that was deleted", says: comment(approve), meanwhile: deleted, answer: "none" },
  {
    name: "a waiver whose last day was edited",
    opens: failed,
    says: comment(waive(soon)),
    meanwhile: edited(waive(later)),
    answer: wasEdited,
  },
  {
    name: "a stranger's comment edited into an owner's command",
    says: comment("/assay help", "stranger"),
    meanwhile: edited(approve),
    answer: wasEdited,
  },
  { name: "a comment edited into an approval at once", says: editedAtOnce("Thanks!", approve), answer: wasEdited },
  { name: "a harmless command edited into an approval at once", says: editedAtOnce("/assay status", approve), answer: wasEdited },
  {
    name: "a command of another pull request",
    async says(scene) {
      const other = await openForApproval(scene);
      return comment(approve)(scene, other);
    },
    answer: "none",
  },
];

/** Each has its own owner, who is none any more. */
const losses: readonly HostileConversation[] = [
  {
    name: "an approval by an owner who was removed since",
    says: comment(approve, "removed"),
    meanwhile: permission("removed", "none"),
    answer: noOwner,
  },
  {
    name: "an approval by an owner who may only read since",
    says: comment(approve, "demoted"),
    meanwhile: permission("demoted", "read"),
    answer: noOwner,
  },
  {
    name: "a click by an owner who was removed since",
    says: button("approve", "clicker"),
    meanwhile: permission("clicker", "none"),
    answer: noOwner,
  },
  {
    name: "a review by an owner who may only read since",
    says: review("reviewer"),
    meanwhile: permission("reviewer", "read"),
    answer: "none",
  },
  {
    name: "a waiver by an owner who was removed since",
    opens: failed,
    says: comment(waive(soon), "waiver"),
    meanwhile: permission("waiver", "none"),
    answer: noOwner,
  },
  {
    name: "a training asked for by somebody who may only read since",
    opens: failed,
    says: comment("/assay retrain", "trainer"),
    meanwhile: permission("trainer", "read"),
    answer: /has no write permission/,
  },
  {
    name: "an approval by somebody whom the base branch no longer names",
    async opens(scene) {
      const { world } = scene;
      world.push("release", { "README.md": "Releases" });
      world.push("for-release", { "test.csv": "x,y\n9,9\n" }, { from: "release" });
      const pull = { repository: world.fullName, title: "Change", headRef: "for-release", baseRef: "release" };
      const opened = { ...(await world.github.createPullRequest({ ...pull, author: "contributor" })), branch: "for-release" };
      await runForApproval(scene, opened);
      return opened;
    },
    says: comment(approve),
    async meanwhile({ world }, pull) {
      world.push("release", { "assay.yml": assayYml({ owners: '["@reviewer"]' }) }, { from: "release" });
      return { ...(await world.github.refreshPullRequest(pull.number)), branch: pull.branch };
    },
    answer: noOwner,
  },
];

const moves: readonly HostileConversation[] = [
  { name: "an approval, and a push after it", says: comment(approve), meanwhile: pushTo, answer: notShown },
  {
    name: "an approval, and a push after it that was shown",
    says: comment(approve),
    meanwhile: pushedAndShown,
    answer: notShown,
  },
  { name: "a click, and a push after it", says: button("approve"), meanwhile: pushTo, answer: /is not the newest/ },
  { name: "a click, and a push after it that was shown", says: button("approve"), meanwhile: pushedAndShown, answer: notShown },
  { name: "a review, and a push after it", says: review(), meanwhile: pushTo, answer: "none" },
  { name: "a review, and a push after it that was shown", says: review(), meanwhile: pushedAndShown, answer: "none" },
  { name: "a review of the base", says: review("owner", ({ baseSha }) => baseSha), answer: "none" },
  { name: "a waiver, and a push after it", opens: failed, says: comment(waive(soon)), meanwhile: pushTo, answer: notShown },
  {
    name: "a training asked for, and a push after it",
    opens: failed,
    says: comment("/assay retrain"),
    meanwhile: pushTo,
    answer: notShown,
  },
  {
    name: "an approval, and another result of the same head after it",
    says: comment(approve),
    async meanwhile({ world, look }, pull) {
      await world.run(pull, { planned: { testSetChanged: true }, evaluation: worse });
      await look(pull, { once: true });
      return undefined;
    },
    answer: /Shown was result/,
  },
  {
    name: "an approval of a fork's commit, and a push after it",
    async opens(scene) {
      const pull = await scene.open({}, { fork: "stranger" });
      await scene.world.run(pull);
      await scene.look(pull, { once: true });
      return pull;
    },
    says: (scene, pull) => comment(`/assay allow-fork ${pull.headSha}`)(scene, pull),
    async meanwhile({ world }, pull) {
      const remote = world.gitFolder.replace("/acme/", "/stranger/");
      world.push(pull.branch, { "train.py": "mine now" }, { from: pull.branch, remote });
      return { ...(await world.github.refreshPullRequest(pull.number)), branch: pull.branch };
    },
    answer: /is not the head/,
  },
];

export const hostileConversations: readonly HostileConversation[] = [...edits, ...losses, ...moves];
