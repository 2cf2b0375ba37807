import { cpSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Training } from "../../src/evidence/evidence.ts";
import { resumableRandom } from "../../src/training/seeded-random.ts";
import { createTraining, files } from "./setting.ts";
import { createCsv, type DeclaredRecipe, recipeSpec } from "./table.ts";

type Attempts = Awaited<ReturnType<typeof createTraining>>;

const declared: DeclaredRecipe = {
  more: ["layers: [{dense: 8}, {dropout: 0.3}, {dense: 4}]", "epochs: 12", "batch-size: 16", "validation: 0.25"],
};
const attempts = (more: DeclaredRecipe = declared) => createTraining(recipeSpec(more), { "train.csv": createCsv(120) });

/** What must not depend on how often a training was interrupted. */
const outcome = ({ outcome, model, history }: Training) => ({ outcome, model, history });

/** Trains until it has asked that often whether to stop: once a step. */
async function interruptedAfter(steps: number, { train }: Attempts): Promise<Training> {
  const controller = new AbortController();
  let asked = 0;
  const signal = new Proxy(controller.signal, {
    get(target, key) {
      if (key === "reason") return "SIGTERM";
      if (key === "aborted") return ++asked > steps;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return train({ signal });
}

describe("a training that was interrupted", () => {
  it.each(["adam", "sgd", "rmsprop"])("ends with the same weights to the bit as one that was not, by %s", async (optimizer) => {
    const recipe = { more: [...(declared.more ?? []), `optimizer: {${optimizer}: 0.01}`] };
    const whole = await (await attempts(recipe)).train();
    expect(whole.outcome).toBe("completed");
    // In the first epoch, at an epoch's end, within one, near the end, and before the first step.
    for (const steps of [0, 3, 12, 40, 70]) {
      const place = await attempts(recipe);
      expect(await interruptedAfter(steps, place)).toMatchObject({ outcome: "cancelled" });
      expect(outcome(await place.train()), `after ${steps} steps`).toEqual(outcome(whole));
      expect(place.lines.join()).toMatch(/Training goes on in epoch \d+/);
    }
  });

  it("may be interrupted again and again", async () => {
    const whole = await (await attempts()).train();
    const place = await attempts();
    for (const steps of [5, 9, 2, 17]) expect(await interruptedAfter(steps, place)).toMatchObject({ outcome: "cancelled" });
    expect(outcome(await place.train())).toEqual(outcome(whole));
  });

  it("stops early where it would have", async () => {
    const more = [
      "layers: [{dense: 64}]",
      "optimizer: {adam: 0.05}",
      "epochs: 300",
      "validation: 0.5",
      "early-stopping: {patience: 5}",
    ];
    const few = () => createTraining(recipeSpec({ more }), { "train.csv": createCsv(12, 4).replaceAll("ant", "bee") });
    const whole = await (await few()).train();
    const epochs = whole.history?.["loss"]?.length ?? 0;
    for (const steps of [epochs - 3, epochs - 1]) {
      const place = await few();
      expect(await interruptedAfter(steps, place)).toMatchObject({ outcome: "cancelled" });
      expect(outcome(await place.train())).toEqual(outcome(whole));
    }
  });

  it("goes on from any checkpoint that it made, as one that was killed would", async () => {
    const place = await attempts();
    const copies: string[] = [];
    const whole = await place.train({
      checkpointed: async () => {
        const copy = join(place.workingDirectory, `copy-${copies.length}`);
        cpSync(place.checkpointFolder, copy, { recursive: true });
        copies.push(copy);
      },
    });
    expect(copies.length).toBeGreaterThan(0);
    for (const copy of copies.slice(0, 3)) {
      const later = await attempts();
      cpSync(copy, later.checkpointFolder, { recursive: true });
      expect(outcome(await later.train())).toEqual(outcome(whole));
    }
  });

  it("begins anew from what is no checkpoint of its own, and says so", async () => {
    const place = await attempts();
    const whole = await place.train();
    const state = JSON.parse((await files.readText(join(place.checkpointFolder, "training.json"))) ?? "");
    for (const [text, line] of [
      ["{}", undefined],
      ["not JSON", undefined],
      [
        JSON.stringify({ ...state, backend: "webgpu 1" }),
        "Training begins anew: the checkpoint was made by webgpu 1, and this is wasm 4.22.0.",
      ],
    ] as const) {
      const other = await attempts();
      await files.write(join(other.checkpointFolder, "training.json"), text);
      expect(outcome(await other.train())).toEqual(outcome(whole));
      if (line) expect(other.lines).toContain(line);
      expect(other.lines.join()).not.toContain("goes on");
    }
  });
});

it("random numbers go on from their state", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(50), (seed, drawn) => {
      const whole = resumableRandom(seed);
      for (let count = 0; count < drawn; count++) whole.next();
      const rest = resumableRandom(whole.state());
      expect([rest.next(), rest.next()]).toEqual([whole.next(), whole.next()]);
    }),
  );
});
