import * as z from "zod/mini";
import { MirrorError } from "../errors/errors.ts";
import { openFile } from "../files/byte-streams.ts";
import { askDigest, askJson, type Question } from "./ask.ts";
import type { ArtifactFolder, Mlflow, RegisteredVersion, Run, Tag } from "./mlflow.ts";
import type { TrackingServer } from "./tracking-server.ts";

const text = (max: number) => z.string().check(z.maxLength(max));
const id = text(500).check(z.minLength(1));
const nothing = z.object({});

const experimentSchema = z.object({ experiment: z.object({ experiment_id: id, lifecycle_stage: z.optional(text(50)) }) });
const runsSchema = z.object({
  runs: z._default(
    z.array(
      z.object({
        info: z.object({ run_id: id, status: text(50), artifact_uri: text(2_000), start_time: z.optional(z.number()) }),
      }),
    ),
    [],
  ),
});
const registeredModelSchema = z.object({
  registered_model: z.object({ aliases: z._default(z.array(z.object({ alias: text(500), version: id })), []) }),
});
const versionsSchema = z.object({
  model_versions: z._default(
    z.array(z.object({ version: id.check(z.regex(/^\d+$/)), source: text(2_000), run_id: z._default(text(500), "") })),
    [],
  ),
});
const filesSchema = z.object({
  files: z._default(z.array(z.object({ path: text(4_000), is_dir: z._default(z.boolean(), false) })), []),
});

const absent = "RESOURCE_DOES_NOT_EXIST";
const present = "RESOURCE_ALREADY_EXISTS";
const api = "api/2.0/mlflow";
/** Of a search: ours is a handful. */
const maxFound = "100";
const maxFolders = 1_000;

/** MLflow's REST API, the part that versions 2 and 3 have in common, with the server's own storage of artifacts. */
export function createRestMlflow(server: TrackingServer): Mlflow {
  const read = <Schema extends z.ZodMiniType>(schema: Schema, question: Omit<Question, "method">) =>
    askJson(server, schema, { ...question, method: "GET", path: `${api}/${question.path}` });
  const write = <Schema extends z.ZodMiniType>(
    schema: Schema,
    question: Omit<Question, "method">,
    method: "POST" | "DELETE" = "POST",
  ) => askJson(server, schema, { ...question, method, path: `${api}/${question.path}` });

  async function findExperiment(name: string): Promise<string | undefined> {
    const question = {
      what: `read experiment ${name}`,
      path: "experiments/get-by-name",
      query: { experiment_name: name },
      fine: [absent],
    };
    const found = (await read(experimentSchema, question))?.experiment;
    if (found?.lifecycle_stage === "deleted")
      throw new MirrorError(
        `Experiment ${name} of MLflow at ${server.url} was deleted. Restore it, or name another one in promote.mirrors.mlflow.experiment.`,
      );
    return found?.experiment_id;
  }

  async function experimentFor(name: string): Promise<string> {
    const found = await findExperiment(name);
    if (found !== undefined) return found;
    const question = { what: `create experiment ${name}`, path: "experiments/create", json: { name }, fine: [present] };
    await write(nothing, question);
    const created = await findExperiment(name);
    if (created !== undefined) return created;
    throw new MirrorError(`MLflow at ${server.url} did not keep experiment ${name}.`, { passes: true });
  }

  return {
    async aliases(name) {
      const question = { what: `read registered model ${name}`, path: "registered-models/get", query: { name }, fine: [absent] };
      const found = await read(registeredModelSchema, question);
      return found && new Map(found.registered_model.aliases.map(({ alias, version }) => [alias, version]));
    },
    async createRegisteredModel(name) {
      const question = {
        what: `create registered model ${name}`,
        path: "registered-models/create",
        json: { name },
        fine: [present],
      };
      await write(nothing, question);
    },
    async versions(name, tag) {
      const filter = `name='${name}' AND ${tagFilter(tag)}`;
      const question = {
        what: `search versions of ${name}`,
        path: "model-versions/search",
        query: { filter, max_results: maxFound },
        fine: [absent],
      };
      const found = (await read(versionsSchema, question))?.model_versions ?? [];
      return found
        .map(({ version, source, run_id }): RegisteredVersion => ({ number: version, source, runId: run_id }))
        .toSorted((a, b) => Number(a.number) - Number(b.number));
    },
    async createVersion({ registeredModel: name, source, runId, description, tags }) {
      const json = { name, source, run_id: runId, description, tags };
      await write(nothing, { what: `register a version of ${name}`, path: "model-versions/create", json });
    },
    async deleteVersion(name, version) {
      const json = { name, version };
      const question = { what: `delete version ${version} of ${name}`, path: "model-versions/delete", json, fine: [absent] };
      await write(nothing, question, "DELETE");
    },
    async setAlias(name, alias, version) {
      const json = { name, alias, version };
      await write(nothing, { what: `move alias ${alias} of ${name}`, path: "registered-models/alias", json });
    },
    async setVersionTag(name, version, { key, value }) {
      const json = { name, version, key, value };
      await write(nothing, { what: `tag version ${version} of ${name}`, path: "model-versions/set-tag", json });
    },
    async runs(experiment, tag) {
      const experimentId = await findExperiment(experiment);
      if (experimentId === undefined) return [];
      const json = {
        experiment_ids: [experimentId],
        filter: tagFilter(tag),
        run_view_type: "ACTIVE_ONLY",
        max_results: Number(maxFound),
      };
      const found = await write(runsSchema, { what: `search runs of ${experiment}`, path: "runs/search", json });
      return (found?.runs ?? [])
        .map(({ info }) => info)
        .toSorted((a, b) => (a.start_time ?? 0) - (b.start_time ?? 0) || (a.run_id < b.run_id ? -1 : 1))
        .map((info): Run => ({ id: info.run_id, isFinished: info.status === "FINISHED", artifacts: info.artifact_uri }));
    },
    async createRun(experiment, name, tags, at) {
      const json = { experiment_id: await experimentFor(experiment), run_name: name, start_time: at.getTime(), tags };
      await write(nothing, { what: `create a run in experiment ${experiment}`, path: "runs/create", json });
    },
    async finishRun(runId, metrics, at) {
      const time = at.getTime();
      const logged = [...metrics].map(([key, value]) => ({ key, value, timestamp: time, step: 0 }));
      if (logged.length > 0)
        await write(nothing, {
          what: `log metrics of run ${runId}`,
          path: "runs/log-batch",
          json: { run_id: runId, metrics: logged },
        });
      const json = { run_id: runId, status: "FINISHED", end_time: time };
      await write(nothing, { what: `finish run ${runId}`, path: "runs/update", json });
    },
    async deleteRun(runId) {
      await write(nothing, { what: `delete run ${runId}`, path: "runs/delete", json: { run_id: runId }, fine: [absent] });
    },
    async listFiles(folder) {
      const found: string[] = [];
      const folders = [""];
      for (let index = 0; index < folders.length; index += 1) {
        if (index >= maxFolders)
          throw new MirrorError(`MLflow at ${server.url} has more than ${maxFolders} folders below ${folder}.`);
        const below = folders[index] ?? "";
        const path = below === "" ? folder : `${folder}/${below}`;
        const question = {
          what: `list ${path}`,
          method: "GET",
          path: "api/2.0/mlflow-artifacts/artifacts",
          query: { path },
          fine: [absent],
        } as const;
        for (const { path: name, is_dir: isFolder } of (await askJson(server, filesSchema, question))?.files ?? []) {
          const inFolder = below === "" ? name : `${below}/${name}`;
          (isFolder ? folders : found).push(inFolder);
        }
      }
      return found;
    },
    async upload(folder, path, file) {
      const bytes = await openFile(file);
      await askJson(server, nothing, { what: `take ${path}`, method: "PUT", path: artifactPath(folder, path), bytes });
    },
    digest: (folder, path, bytes) =>
      askDigest(server, { what: `read ${path}`, method: "GET", path: artifactPath(folder, path), fine: [absent] }, bytes),
  };
}

/** Values are made by us: without quotes. */
function tagFilter({ key, value }: Tag): string {
  return `tags.\`${key}\` = '${value}'`;
}

function artifactPath(folder: ArtifactFolder, path: string): string {
  return `api/2.0/mlflow-artifacts/artifacts/${`${folder}/${path}`.split("/").map(encodeURIComponent).join("/")}`;
}
