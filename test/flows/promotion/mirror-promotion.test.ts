import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MirrorError } from "../../../src/errors/errors.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";
import { type MlflowServer, skipWithoutMlflow, startMlflow } from "../../mlflow/mlflow-server.ts";
import { openEmergency } from "./emergency.ts";

const skip = skipWithoutMlflow("promotions are not mirrored to a real MLflow server");

describe.skipIf(skip)("a promotion with an MLflow server", () => {
  let mlflow: MlflowServer;
  let shop: Shop;
  let earlier: Tagged;
  let later: Tagged;
  const environment: Record<string, string> = {};

  beforeAll(async () => {
    mlflow = await startMlflow();
    environment["MLFLOW_TRACKING_URI"] = mlflow.url;
    shop = await openShop({ mirrors: "{mlflow: {registered-model: fraud-detector}}", environment });
    earlier = shop.tagNext();
    later = shop.tagNext();
  }, 240_000);
  afterAll(async () => {
    await shop?.close();
    await mlflow?.stop();
  });

  async function ask(path: string, query: Record<string, string>) {
    const answer = await fetch(`${mlflow.url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`);
    return JSON.parse(await answer.text());
  }

  /** The version of ours that the alias points at. */
  async function behind(alias: string): Promise<string | undefined> {
    const { model_version: found } = await ask("registered-models/alias", { name: "fraud-detector", alias });
    return found?.tags.find(({ key }: { key: string }) => key === "assay.version")?.value;
  }

  /** How many versions are registered. */
  async function registered(): Promise<number> {
    return (await ask("model-versions/search", { filter: "name='fraud-detector'" })).model_versions.length;
  }

  function promote(tagged: Tagged, stage: string) {
    shop.fetchTags();
    return shop.promote(tagged, stage, shop.connect(fetch));
  }

  it("shows the version, its files and the stage's alias, to MLflow's own client too", async () => {
    for (const stage of ["staging", "production"]) await promote(earlier, stage);
    expect(JSON.parse(await mlflow.client(readAlias, "fraud-detector", "production"))).toEqual({
      tags: expect.objectContaining({ "assay.version": earlier.version, "assay.tag": earlier.tag }),
      files: { "model.json": JSON.stringify({ learner: {}, version: [3, 0, 0] }) },
      run: "FINISHED",
      description: expect.stringContaining(`fraud ${earlier.version}, released by Assay: http`),
    });
    for (const stage of ["staging", "production"]) await promote(later, stage);
    expect(await behind("production")).toBe(later.version);
  });

  it("has the alias go back with a rollback, and registers nothing for it", async () => {
    const before = await registered();
    shop.fetchTags();
    expect(await shop.rollBack(earlier, "production", shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
    expect([await behind("production"), await behind("staging")]).toEqual([earlier.version, later.version]);
    expect(await registered()).toBe(before);
  });

  it("is carried out while the server is down, says so, and is shown once it is promoted again", async () => {
    const next = shop.tagNext();
    environment["MLFLOW_TRACKING_URI"] = "http://127.0.0.1:9";
    const promotion = await promote(next, "staging");
    expect(promotion).toMatchObject({ outcome: "promoted", stageTag: expect.stringMatching(/^fraud#staging#\d+$/) });
    const [failure, ...others] = promotion.outcome === "promoted" ? promotion.afterwards : [];
    expect(others).toEqual([]);
    expect(failure).toBeInstanceOf(MirrorError);
    expect(failure?.message).toMatch(
      /^MLflow does not show fraud v1\.\d\.0 in staging: MLflow at http:\/\/127\.0\.0\.1:9 gave no answer when it was asked to read registered model fraud-detector \(.+\)\. See that the server runs, and that MLFLOW_TRACKING_URI is its address\.$/,
    );
    environment["MLFLOW_TRACKING_URI"] = mlflow.url;
    expect(await promote(next, "staging")).toMatchObject({ outcome: "promoted", wasThere: true, afterwards: [] });
    expect(await behind("staging")).toBe(next.version);
  });

  it("has a version that the server lacks come from its release when a stage goes back to it", async () => {
    const send = (method: string, path: string, body: unknown) =>
      fetch(`${mlflow.url}/api/2.0/mlflow/${path}`, {
        ...{ method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      });
    const { experiment } = await ask("experiments/get-by-name", { experiment_name: "assay" });
    const found = await send("POST", "runs/search", { experiment_ids: [experiment.experiment_id] });
    for (const { info } of JSON.parse(await found.text()).runs) await send("POST", "runs/delete", { run_id: info.run_id });
    await send("DELETE", "registered-models/delete", { name: "fraud-detector" });
    shop.fetchTags();
    expect(await shop.rollBack(earlier, "staging", shop.connect(fetch))).toMatchObject({ outcome: "promoted" });
    expect([await behind("staging"), await registered()]).toEqual([earlier.version, 1]);
    const { artifact_uri: source } = await ask("model-versions/get-download-uri", { name: "fraud-detector", version: "1" });
    const folder = String(source).replace("mlflow-artifacts:/", "");
    const kept = await fetch(`${mlflow.url}/api/2.0/mlflow-artifacts/artifacts/${folder}/model.json`);
    expect(await kept.json()).toEqual({ learner: {}, version: [3, 0, 0] });
  });

  it("marks the version that went around the rules, before the alias points at it", async () => {
    const emergency = await openEmergency({ mirrors: "{mlflow: {registered-model: fraud-emergency}}", environment });
    try {
      await emergency.bothAsk();
      expect(await emergency.promote()).toMatchObject({ outcome: "promoted", afterwards: [] });
      const alias = { name: "fraud-emergency", alias: "production" };
      const { model_version: found } = await ask("registered-models/alias", alias);
      expect(found.tags).toContainEqual({
        key: "assay.break-glass.production",
        value: expect.stringMatching(/^@owner \(“v1\.1\.0 declines every card”\) and @second .+ asked for it in #\d+$/),
      });
    } finally {
      await emergency.shop.close();
    }
  });

  it("publishes nothing where the environment does not say where the server is", async () => {
    const next = shop.tagNext();
    delete environment["MLFLOW_TRACKING_URI"];
    await expect(promote(next, "staging")).rejects.toThrow(/^assay\.yml mirrors promotions to MLflow, and nothing says where/);
    expect(shop.github.releases().filter(({ tag }) => tag === next.tag)).toEqual([]);
    environment["MLFLOW_TRACKING_URI"] = mlflow.url;
  });
});

/** By MLflow's own client. */
const readAlias = `
import json, os, sys, mlflow
name, alias = sys.argv[1:]
version = mlflow.MlflowClient().get_model_version_by_alias(name, alias)
folder = mlflow.artifacts.download_artifacts(f"models:/{name}@{alias}")
paths = [os.path.join(at, file) for at, _, files in os.walk(folder) for file in files]
print(json.dumps({
    "tags": version.tags,
    "description": version.description,
    "files": {os.path.relpath(path, folder): open(path).read() for path in paths},
    "run": mlflow.get_run(version.run_id).info.status,
}))
`;
