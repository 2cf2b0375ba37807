import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "../../../bot/queue/open-store.ts";
import type { Gone, Store } from "../../../bot/queue/store.ts";
import type { Context } from "../../../bot/reconcile/context.ts";
import { asksForSomething, failedDeliveries, sweep } from "../../../bot/reconcile/sweep.ts";
import type { Subject } from "../../../bot/subject.ts";
import { GitHubError } from "../../../src/errors/errors.ts";
import type { Delivery } from "../../../src/github/github-app.ts";
import { checkName } from "../../../src/report/check.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
import { createStoreFolder } from "../store-folder.ts";
import { createWorld, type World } from "../world.ts";

const attempt = (guid: string, statusCode: number, minute: number, id = minute): Delivery => ({
  id,
  guid,
  event: "pull_request",
  deliveredAt: `2026-11-02T10:${String(minute).padStart(2, "0")}:00Z`,
  statusCode,
  redelivery: minute > 0,
});

describe("deliveries that failed", () => {
  it("are asked for again by their newest attempt, and not once one has arrived", () => {
    const all = [attempt("a", 500, 0), attempt("a", 0, 5), attempt("b", 502, 1), attempt("b", 202, 6), attempt("c", 200, 2)];
    expect(failedDeliveries(all).map(({ id }) => id)).toEqual([5]);
  });

  it("are given up after five attempts", () => {
    const minutes = [1, 2, 3, 4, 5];
    expect(failedDeliveries(minutes.map((minute) => attempt("a", 500, minute)))).toEqual([]);
    expect(failedDeliveries(minutes.slice(1).map((minute) => attempt("a", 500, minute)))).toHaveLength(1);
  });
});

describe("a sweep", () => {
  let github: CheckedGitHub;
  let world: World;
  beforeAll(async () => {
    github = await startCheckedGitHub();
    world = await createWorld({ github });
  });
  afterAll(async () => {
    await world?.close();
    await github?.close();
  });
  const signal = new AbortController().signal;
  const drain = () => world.store.worker.drain(world.reconcile);

  it("finds pull requests and commands that nobody told of, and leaves alone what is settled", async () => {
    const pull = await world.open({ "train.py": "2" });
    await world.run(pull);
    await github.addComment({ number: pull.number, author: "owner", body: "/assay help" });
    expect(await sweep(world.context, { everything: false }, signal)).toEqual({ redelivered: 0, enqueued: 1 });
    await drain();
    expect(github.checks(pull.headSha).filter(({ name }) => name === checkName)).toMatchObject([{ conclusion: "success" }]);
    expect(github.comments(pull.number).find(({ author }) => author === "owner")?.reactions).toHaveLength(1);

    expect(await sweep(world.context, { everything: false }, signal)).toMatchObject({ enqueued: 0 });
    expect(await sweep(world.context, { everything: true }, signal)).toMatchObject({ enqueued: 1 });
  });

  it("looks at what was asked and has no answer, although it is known and nothing else is to do", async () => {
    const pull = await world.open({ "train.py": "3" }, { branch: "known" });
    await world.run(pull);
    const subject = world.subject(pull.number);
    await world.reconcile(subject);
    const { id } = await github.addComment({ number: pull.number, author: "owner", body: "/assay help" });
    await world.store.addRequest(subject, { kind: "comment", id });
    expect(await sweep(world.context, { everything: false }, signal)).toMatchObject({ enqueued: 1 });
    await drain();
    expect(await world.store.openRequests(subject)).toEqual([]);
  });

  it("does not do again what a lost store has forgotten, where the app has reacted", async () => {
    const pull = await world.open({ "train.py": "4" }, { branch: "lost" });
    await world.run(pull);
    await github.addComment({ number: pull.number, author: "owner", body: "/assay help" });
    await sweep(world.context, { everything: false }, signal);
    await drain();
    const { id } = await github.addComment({ number: pull.number, author: "owner", body: "/assay status" });
    const folder = await createStoreFolder();
    const store = await openStore({ folder });
    try {
      await sweep({ ...world.context, store }, { everything: false }, signal);
      expect(await store.openRequests(world.subject(pull.number))).toEqual([{ kind: "comment", id }]);
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("goes on past a delivery and a repository that fail, and looks for that delivery again", async () => {
    await world.open({ "train.py": "5" }, { branch: "past" });
    const { app, store } = world.context;
    const again: number[] = [];
    const lines: string[] = [];
    const context: Context = {
      ...world.context,
      log: (line) => lines.push(line),
      app: {
        ...app,
        deliveries: async () => [attempt("a", 500, 1), attempt("b", 500, 2)],
        async redeliver(id) {
          if (id === 1) throw new GitHubError("GitHub answered 500");
          again.push(id);
        },
        repositories: async (id) => [{ id: 999, owner: "acme", name: "gone" }, ...(await app.repositories(id))],
      },
    };
    const last = await store.recall("sweep/deliveries");
    const { redelivered, enqueued } = await sweep(context, { everything: true }, signal);
    expect(again).toEqual([2]);
    expect(redelivered).toBe(1);
    expect(enqueued).toBeGreaterThan(0);
    expect(await store.recall("sweep/deliveries")).toBe(last);
    expect(lines).toEqual([expect.stringContaining("delivery 1 "), expect.stringContaining("acme/gone")]);
  });

  it("drops what was put aside of installations and repositories that the app cannot see any more", async () => {
    const { installation, id } = world.repository;
    const lines: string[] = [];
    const dropped: Gone[] = [];
    const { app } = world.context;
    const store: Store = {
      ...world.store,
      longWaiting: async () => [
        { installation, repository: id },
        { installation, repository: 5 },
        { installation: 999, repository: id },
        { installation: 998, repository: 6 },
      ],
      drop: async (gone) => dropped.push(gone),
    };
    const suspended = { id: 998, account: "asleep", suspended: true };
    const installations = async () => [...(await app.installations()), suspended];
    const context = { ...world.context, store, app: { ...app, installations }, log: (line: string) => lines.push(line) };
    await sweep(context, { everything: false }, signal);
    expect(dropped).toEqual([{ installation, repositories: [5] }, { installation: 999 }]);
    expect(lines).toContain("Installation 999 is gone: 2 subjects are dropped");
  });

  it("is not waited for where GitHub has nothing: the installation's work is dropped at once", async () => {
    const lost: Subject = { kind: "pull-request", repository: { ...world.repository, installation: 999 }, number: 77 };
    await world.store.enqueue(lost);
    await world.reconcile(lost);
    expect((await world.store.subjects()).filter(({ subject }) => JSON.stringify(subject).includes("999"))).toEqual([]);
    await expect(world.reconcile(world.subject(4_000))).rejects.toThrow("404");
  });
});

describe("a comment", () => {
  const comment = {
    ...{ body: "/assay approve fraud", url: "https://github.com/acme/models/pull/1#issuecomment-2" },
    ...{ createdAt: "2026-11-02T10:00:00Z", updatedAt: "2026-11-02T10:00:00Z" },
  };

  it("asks for something on a pull request, as it was written, in its first line", () => {
    expect(asksForSomething(comment)).toBe(true);
    expect(asksForSomething({ ...comment, url: comment.url.replace("/pull/", "/issues/") })).toBe(false);
    expect(asksForSomething({ ...comment, updatedAt: "2026-11-02T10:05:00Z" })).toBe(false);
    expect(asksForSomething({ ...comment, body: "> /assay approve fraud" })).toBe(false);
  });
});
