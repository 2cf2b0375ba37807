import { setTimeout as wait } from "node:timers/promises";
import { MirrorError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { ArtifactFolder, Mlflow, Tag } from "./mlflow.ts";
import { nextStep, type Step } from "./next-step.ts";

/** A version as an MLflow server is to show it. */
export interface MirroredVersion {
  /** Found again by this tag, of runs and versions. */
  key: Tag;
  /** `fraud v1.2.0`. */
  name: string;
  description: string;
  /** Beside the key. */
  tags: readonly Tag[];
  metrics: ReadonlyMap<string, number>;
  registeredModel: string;
  experiment: string;
  /** That is to point at it. */
  alias: string;
  /** What the version gets before the alias points at it. */
  mark?: Tag | undefined;
  files: readonly MirroredFile[];
}

export interface MirroredFile {
  /** With `/` between folders. */
  path: string;
  digest: Digest;
  bytes: number;
  /** Path of the bytes on this machine, brought there if they are not. */
  bring: () => Promise<string>;
}

export interface Mirroring {
  /** The stage has not been given to another version meanwhile. */
  isCurrent: () => Promise<boolean>;
  now: () => Date;
  /** Before it is tried again after what may pass, in milliseconds. */
  pauses?: readonly number[];
}

/** Each step is one or a few requests; more of them mean that the server does not keep what it is told. */
const maxSteps = 40;

/**
 * Shows the version on an MLflow server: a run with the files, a registered version of it, the stage's alias. What is there is looked
 * for before each step and found after it, so that what broke off is gone on with, and nothing is there twice.
 * @returns the version's number there
 * @throws MirrorError
 */
export async function mirrorVersion(mlflow: Mlflow, version: MirroredVersion, mirroring: Mirroring): Promise<string> {
  const { pauses = [1_000, 5_000] } = mirroring;
  const put = new Set<string>();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await goOn(mlflow, version, mirroring, put);
    } catch (error) {
      const pause = pauses[attempt];
      if (!(error instanceof MirrorError && error.passes) || pause === undefined) throw error;
      await wait(pause);
    }
  }
}

async function goOn(mlflow: Mlflow, version: MirroredVersion, { isCurrent, now }: Mirroring, put: Set<string>): Promise<string> {
  const { key, registeredModel, experiment, alias } = version;
  let moved = false;
  for (let steps = 0; steps < maxSteps; steps += 1) {
    const aliases = await mlflow.aliases(registeredModel);
    const versions = aliases === undefined ? [] : await mlflow.versions(registeredModel, key);
    const next = nextStep({ aliases, versions, runs: await mlflow.runs(experiment, key) }, alias, put);
    if (next.step === "done") {
      if (moved && !(await isCurrent())) throw overtaken(version);
      return next.number;
    }
    if (next.step === "set-alias") {
      if (!(await isCurrent())) throw overtaken(version);
      moved = true;
    }
    await take(next, mlflow, version, now());
    if (next.step === "put-files") put.add(next.source);
  }
  throw new MirrorError(`MLflow does not keep what it is told of ${version.name}: after ${maxSteps} steps it is not there.`);
}

function overtaken({ name, alias }: MirroredVersion): MirrorError {
  return new MirrorError(
    `${alias} was given to another version meanwhile, so its alias is not for ${name}. Promote again what is to be in it.`,
  );
}

async function take(step: Exclude<Step, { step: "done" }>, mlflow: Mlflow, version: MirroredVersion, at: Date): Promise<void> {
  const { key, name, description, metrics, registeredModel, experiment, alias, mark } = version;
  const tags = [key, ...version.tags];
  switch (step.step) {
    case "create-registered-model":
      return mlflow.createRegisteredModel(registeredModel);
    case "create-run":
      return mlflow.createRun(experiment, name, tags, at);
    case "put-files":
      return putFiles(mlflow, artifactFolder(step.source), version);
    case "create-version":
      return mlflow.createVersion({ registeredModel, source: step.source, runId: step.runId, description, tags });
    case "delete-version":
      return mlflow.deleteVersion(registeredModel, step.number);
    case "delete-run":
      return mlflow.deleteRun(step.runId);
    case "finish-run":
      return mlflow.finishRun(step.runId, metrics, at);
    case "set-alias":
      if (mark) await mlflow.setVersionTag(registeredModel, step.number, mark);
      return mlflow.setAlias(registeredModel, alias, step.number);
  }
}

/** @throws MirrorError unless exactly those files are there with those very bytes in the end */
async function putFiles(mlflow: Mlflow, folder: ArtifactFolder, { name, files }: MirroredVersion): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path));
  const there = new Set(await mlflow.listFiles(folder));
  const strange = [...there].filter((path) => !wanted.has(path));
  if (strange.length > 0)
    throw new MirrorError(
      `MLflow has ${strange.slice(0, 3).join(", ")} beside the files of ${name}, which nobody proved. Delete it from ${folder} there.`,
    );
  for (const { path, digest, bytes, bring } of files) {
    if (there.has(path) && (await mlflow.digest(folder, path, bytes)) === digest) continue;
    await mlflow.upload(folder, path, await bring());
    if ((await mlflow.digest(folder, path, bytes)) !== digest)
      throw new MirrorError(`MLflow did not keep the bytes of ${path} of ${name} as they were sent.`, { passes: true });
  }
}

/** Of an address such as `mlflow-artifacts:/1/<run>/artifacts/model`. */
function artifactFolder(source: string): ArtifactFolder {
  const path = /^mlflow-artifacts:\/(?:\/\/)?(?=[^/])(?!(?:[^/]*\/)*\.{1,2}(?:\/|$))([^?#%\\]{1,2000})$/.exec(source)?.[1];
  if (path !== undefined) return path as ArtifactFolder;
  throw new MirrorError(
    `MLflow keeps the run's files at ${source.slice(0, 200)}, where only its own client can write. Start the server with --serve-artifacts, and name an experiment that was created since in promote.mirrors.mlflow.experiment.`,
  );
}
