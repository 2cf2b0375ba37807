import type { Digest } from "../evidence/digest.ts";

/** What a mirror needs of an MLflow server; `rest-mlflow.ts` implements it. Everything rejects with MirrorError. */
export interface Mlflow {
  /** Aliases and the numbers of the versions that they point at; undefined: there is no such registered model. */
  aliases(registeredModel: string): Promise<ReadonlyMap<string, string> | undefined>;
  /** One that is there by then is as good. */
  createRegisteredModel(name: string): Promise<void>;
  /** Versions with that tag, by number. */
  versions(registeredModel: string, tag: Tag): Promise<readonly RegisteredVersion[]>;
  createVersion(version: NewVersion): Promise<void>;
  /** One that is gone is as good. */
  deleteVersion(registeredModel: string, number: string): Promise<void>;
  setAlias(registeredModel: string, alias: string, number: string): Promise<void>;
  setVersionTag(registeredModel: string, number: string, tag: Tag): Promise<void>;
  /** Those of the experiment with that tag that were not deleted, oldest first; none where there is no such experiment. */
  runs(experiment: string, tag: Tag): Promise<readonly Run[]>;
  /** Creates the experiment where there is none. */
  createRun(experiment: string, name: string, tags: readonly Tag[], at: Date): Promise<void>;
  finishRun(runId: string, metrics: ReadonlyMap<string, number>, at: Date): Promise<void>;
  deleteRun(runId: string): Promise<void>;
  /** Files below an artifact folder, with the paths that they have there. */
  listFiles(folder: ArtifactFolder): Promise<readonly string[]>;
  upload(folder: ArtifactFolder, path: string, file: string): Promise<void>;
  /** Of the bytes that the server gives; undefined when it has no such file or a longer one. */
  digest(folder: ArtifactFolder, path: string, bytes: number): Promise<Digest | undefined>;
}

export interface Tag {
  key: string;
  value: string;
}

export interface Run {
  id: string;
  isFinished: boolean;
  /** `mlflow-artifacts:/1/<run>/artifacts`. */
  artifacts: string;
}

export interface RegisteredVersion {
  number: string;
  /** Of its files: `mlflow-artifacts:/1/<run>/artifacts/model`. */
  source: string;
  runId: string;
}

export interface NewVersion {
  registeredModel: string;
  source: string;
  runId: string;
  description: string;
  tags: readonly Tag[];
}

/** `1/<run>/artifacts/model`: below what the server keeps artifacts in. */
export type ArtifactFolder = string & { readonly brand: "artifact folder" };
