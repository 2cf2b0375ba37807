import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MirrorError } from "../../src/errors/errors.ts";
import { digestOf } from "../../src/evidence/digest.ts";
import { type MirroredVersion, mirrorVersion } from "../../src/mlflow/mirror-version.ts";
import { createRestMlflow } from "../../src/mlflow/rest-mlflow.ts";
import { type FaultyWay, openFaultyWay } from "./faulty-way.ts";
import { type MlflowServer, skipWithoutMlflow, startMlflow } from "./mlflow-server.ts";

const skip = skipWithoutMlflow("what a real MLflow server has after faults is not looked at");

describe.skipIf(skip)("a version on a real MLflow server", () => {
  let mlflow: MlflowServer;
  let way: FaultyWay;
  const folder = mkdtempSync(join(tmpdir(), "assay-mirrored-"));
  let made = 0;

  beforeAll(async () => {
    mlflow = await startMlflow();
    way = await openFaultyWay(mlflow.url);
  }, 240_000);
  afterAll(async () => {
    await way?.close();
    await mlflow?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const contents = { "model.json": '{"learner": {}}', "variables/weights é 1.bin": "\0\u0001weights" };

  /** A version of a registered model of its own. */
  function newVersion(): MirroredVersion {
    made += 1;
    const files = Object.entries(contents).map(([path, text]) => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { path, digest: digestOf(text), bytes: Buffer.byteLength(text), bring: async () => file };
    });
    return {
      ...{ key: { key: "assay.release", value: `key${made}` }, name: "fraud v1.0.0", description: "Of a test", files },
      ...{ tags: [{ key: "assay.version", value: "v1.0.0" }], metrics: new Map([["accuracy", 0.5]]) },
      ...{ registeredModel: `fraud-${made}`, experiment: "assay", alias: "production" },
    };
  }

  const mirror = (version: MirroredVersion, isCurrent = async () => true, url = way.url) =>
    mirrorVersion(createRestMlflow({ url, headers: {} }), version, { isCurrent, now: () => new Date(), pauses: [] });

  async function post(path: string, body: unknown, method = "POST") {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${mlflow.url}/api/2.0/mlflow/${path}`, { method, headers, body: JSON.stringify(body) });
    return JSON.parse(await answer.text());
  }

  /** All that is there of it, past our adapter. */
  async function inspect({ registeredModel: name, key, alias }: MirroredVersion) {
    const get = async (path: string, query: Record<string, string>) =>
      JSON.parse(await (await fetch(`${mlflow.url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`)).text());
    const { model_versions: versions = [] } = await get("model-versions/search", { filter: `name='${name}'` });
    const { model_version: pointedAt } = await get("registered-models/alias", { name, alias });
    const { experiment } = await get("experiments/get-by-name", { experiment_name: "assay" });
    const filter = `tags.\`${key.key}\` = '${key.value}'`;
    const { runs = [] } = await post("runs/search", { experiment_ids: [experiment.experiment_id], filter });
    return {
      versions: versions.length,
      behindAlias: pointedAt?.version,
      runs: runs.map(({ info }: { info: { status: string } }) => info.status),
      metrics: runs[0]?.data.metrics?.map(({ key, value }: { key: string; value: number }) => [key, value]),
      source: versions[0]?.source.replace("mlflow-artifacts:/", "") as string,
    };
  }
  const whole = { versions: 1, behindAlias: "1", runs: ["FINISHED"], metrics: [["accuracy", 0.5]] };

  async function readFile(source: string, path: string): Promise<string> {
    const encoded = path.split("/").map(encodeURIComponent).join("/");
    return (await fetch(`${mlflow.url}/api/2.0/mlflow-artifacts/artifacts/${source}/${encoded}`)).text();
  }

  it("has its files in their folders, byte for byte", async () => {
    const version = newVersion();
    expect(await mirror(version)).toBe("1");
    const found = await inspect(version);
    expect(found).toMatchObject(whole);
    for (const [path, text] of Object.entries(contents)) expect(await readFile(found.source, path), path).toBe(text);
  });

  it("is there once, whichever write was the last before everything broke off", async () => {
    way.break(undefined);
    await mirror(newVersion());
    const count = way.writes.length;
    expect(count).toBe(8);
    for (let at = 0; at < count; at += 1)
      for (const kind of ["unsent", "unanswered"] as const) {
        const version = newVersion();
        way.break({ at, kind });
        await expect(mirror(version), `${kind} ${at}`).rejects.toThrow(MirrorError);
        way.break(undefined);
        expect(await mirror(version)).toBe("1");
        expect(await inspect(version), `${kind}, write ${at}`).toMatchObject(whole);
        way.break(undefined);
        await mirror(version);
        expect(way.writes, "nothing is left to be written").toEqual([]);
      }
  }, 300_000);

  it("is there once when two promote it at the same moment", async () => {
    const version = newVersion();
    await Promise.allSettled([mirror(version), mirror(version)]);
    await mirror(version);
    expect(await inspect(version)).toMatchObject({ ...whole, behindAlias: expect.any(String) });
  });

  it("gets the proven bytes back before an alias points at it, where somebody changed them", async () => {
    const version = newVersion();
    await mirror(version);
    const { source } = await inspect(version);
    await fetch(`${mlflow.url}/api/2.0/mlflow-artifacts/artifacts/${source}/model.json`, {
      method: "PUT",
      body: "something else",
    });
    await mirror({ ...version, alias: "staging" });
    expect(await readFile(source, "model.json")).toBe(contents["model.json"]);
  });

  it("gets no alias while a file is beside it that nobody proved", async () => {
    const version = newVersion();
    await mirror(version);
    const { source } = await inspect(version);
    await fetch(`${mlflow.url}/api/2.0/mlflow-artifacts/artifacts/${source}/extra.pkl`, { method: "PUT", body: "code" });
    await expect(mirror({ ...version, alias: "staging" })).rejects.toThrow(
      /^MLflow has extra\.pkl beside the files of fraud v1\.0\.0, which nobody proved\. Delete it from 1\//,
    );
  });

  it("gets no alias when the stage was given to another version meanwhile", async () => {
    const version = newVersion();
    await expect(mirror(version, async () => false)).rejects.toThrow(/^production was given to another version meanwhile/);
    expect((await inspect(version)).behindAlias).toBeUndefined();
  });
});
