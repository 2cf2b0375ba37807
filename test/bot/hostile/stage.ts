import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type OpenStore, openStore } from "../../../bot/queue/open-store.ts";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import { assayYml, createWorld } from "../world.ts";
import { createScene, type Scene } from "./scene.ts";
import type { Tally } from "./tally.ts";

/** One GitHub and one store that all plays of a suite share. */
export interface Stage {
  /** A repository of the suite's own, from its first test on. */
  scene(name: string, options?: { owners?: readonly string[] }): () => Scene;
}

export function createStage(tally: Tally): Stage {
  const folder = mkdtempSync(join(tmpdir(), "assay-hostile-"));
  let github: EmbeddedGitHub;
  let store: OpenStore;
  beforeAll(async () => {
    github = await startEmbeddedGitHub();
    store = await openStore({ folder });
  });
  afterAll(async () => {
    await store?.close();
    await github?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    scene(name, { owners = ["owner"] } = {}) {
      const rules = assayYml({ owners: JSON.stringify(owners.map((owner) => `@${owner}`)) });
      let scene: Scene | undefined;
      beforeAll(async () => {
        scene = createScene(await createWorld({ github, store, name, files: { "assay.yml": rules } }), tally, owners);
      });
      return () => {
        if (!scene) throw new Error("No test has begun.");
        return scene;
      };
    },
  };
}
