import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failedDeliveries, sweep } from "../../../bot/reconcile/sweep.ts";
import type { Delivery } from "../../../src/github/github-app.ts";
import { checkName } from "../../../src/report/check.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";
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
});
