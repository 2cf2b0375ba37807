import { posix } from "node:path";
import { gateKinds, resources, shareOf, sliceOf } from "./gate-schema.ts";
import { combinations, parameterOf } from "./grid.ts";
import { declaredMetrics, meantMetricOf, metricsOfModel } from "./metrics.ts";
import { normalised } from "./paths.ts";
import { resolveRule } from "./resolve-data-rule.ts";
import type { Authored, AuthoredModel } from "./schema.ts";
import type {
  DataPull,
  Drift,
  Evaluate,
  Gate,
  Grid,
  GridValue,
  MlflowMirror,
  Model,
  ParamsFile,
  Predict,
  Promote,
  Recipe,
  RecipeLayer,
  Spec,
  TfjsTrainer,
  Train,
} from "./spec.ts";
import { daysOf, mebibytesOf, minutesOf } from "./values.ts";
import type { YamlSource } from "./yaml-source.ts";

const defaultMinRows = 50;

/** What a metric's name means in a model. */
type MeantMetric = (written: unknown) => string;

/** A file that follows the schema, with its defaults filled in. */
export function resolveSpec(authored: Authored, path: string, position: YamlSource["position"]): Spec {
  const models = Object.entries(authored.models).map(([name, model]): [string, Model] => [
    name,
    resolveModel(name, model, position),
  ]);
  return {
    path,
    baseline: "base",
    writer: authored.writer ?? "action",
    app: authored.app,
    onInconclusive: authored["on-inconclusive"] ?? "block",
    retention: authored.retention && { storeDays: daysOf(authored.retention.store) },
    budget: authored.budget && { gpuHours: authored.budget["gpu-hours"] },
    models: new Map(models),
  };
}

function resolveModel(name: string, model: AuthoredModel, position: YamlSource["position"]): Model {
  const declared = declaredMetrics(model.evaluate.metrics, model.task);
  const meant: MeantMetric = (written) => meantMetricOf(written, declared, model.task) ?? "";
  const drift = resolveDrift(model);
  const gates = (model.gates ?? []).map((gate, index) =>
    resolveGate(gate, { meant, drift }, position(["models", name, "gates", index])),
  );
  return {
    name,
    position: position(["models", name], { key: true }),
    places: resolvePlaces(model, (path) => position(["models", name, ...path])),
    task: model.task,
    owners: model.owners ?? [],
    train: resolveTrain(model, (path) => position(["models", name, "train", ...path], { key: true })),
    evaluate: resolveEvaluate(model, meant),
    data: {
      pull: resolvePull(model.data?.pull),
      unpinned: model.data?.unpinned ?? "fail",
      public: model.data?.public ?? [],
      rules: (model.data?.rules ?? []).flatMap((rule, index) =>
        resolveRule(rule, position(["models", name, "data", "rules", index])),
      ),
    },
    drift,
    gates,
    waivers: (model.waivers ?? []).map((waiver) => ({ ...waiver, reason: waiver.reason.replaceAll(/\s+/g, " ").trim() })),
    promote: resolvePromote(name, model.promote),
  };
}

/** A gate on it is enough to ask for it. */
function resolveDrift({ drift, gates = [] }: AuthoredModel): Drift | undefined {
  if (drift === undefined && !gates.some((gate) => gate.drift)) return undefined;
  const {
    preset = "assay",
    exclude = [],
    types = {},
    weights = {},
    embeddings = {},
    "max-drifted": maxDrifted = 0,
  } = drift ?? {};
  return { preset, exclude, types, weights, embeddings, maxDrifted };
}

function resolvePromote(name: string, promote: AuthoredModel["promote"]): Promote | undefined {
  if (promote === undefined) return undefined;
  const {
    stages = ["production"],
    approvals = {},
    "not-by-author": notByAuthor = true,
    formats,
    override,
    card,
    mirrors,
  } = promote;
  return {
    stages,
    approvals: new Map(stages.map((stage) => [stage, approvals[stage] ?? 1])),
    notByAuthor,
    formats: { formats, override },
    card: card && normalised(card),
    mlflow: mirrors && resolveMlflow(name, mirrors.mlflow),
  };
}

function resolveMlflow(
  name: string,
  {
    url,
    "registered-model": registeredModel = name.replaceAll("/", "-"),
    experiment = "assay",
  }: NonNullable<NonNullable<AuthoredModel["promote"]>["mirrors"]>["mlflow"],
): MlflowMirror {
  return { url, registeredModel, experiment };
}

type Place = (path: readonly (string | number)[]) => Model["position"];

function resolvePlaces({ train, evaluate }: AuthoredModel, place: Place): Model["places"] {
  const { code = [], data = [], params = [], environment = [] } = train.inputs ?? {};
  const folder = train["working-directory"] ?? ".";
  const at = (key: string, path: string, ...within: (string | number)[]) =>
    [`${key} ${posix.join(folder, path)}`, place([...key.split("."), ...within])] as const;
  return new Map([
    ...(train.recipe
      ? [[`train.inputs.data ${posix.join(folder, train.recipe.data)}`, place(["train", "recipe", "data"])] as const]
      : []),
    ...code.map((path, index) => at("train.inputs.code", path, index)),
    ...data.map((path, index) => at("train.inputs.data", path, index)),
    ...params.flatMap((file, index) => resolveParams(file).map(({ path }) => at("train.inputs.params", path, index))),
    ...environment.map((path, index) => at("train.inputs.environment", path, index)),
    at("evaluate.data", evaluate.data),
  ]);
}

function resolvePull(written: string | undefined): DataPull | undefined {
  if (written === undefined) return undefined;
  return written === "dvc" || written === "lfs" ? { kind: written } : { kind: "command", run: written };
}

function resolveTrain({ train, evaluate }: AuthoredModel, place: Place): Train {
  const inputs = train.inputs ?? {};
  const seeds = train.seeds ?? [train.recipe?.seed ?? 1];
  const recipe = train.recipe && resolveRecipe(train.recipe, seeds[0] ?? 1);
  const data = (inputs.data ?? []).map(normalised);
  const params = (inputs.params ?? []).flatMap(resolveParams);
  return {
    trainer: resolveTrainer(train, recipe),
    setup: train.setup ?? [],
    workingDirectory: normalised(train["working-directory"] ?? "."),
    inputs: {
      code: inputs.code?.map(normalised),
      data: recipe && !data.includes(recipe.data) ? [recipe.data, ...data] : data,
      params,
      environment: (inputs.environment ?? []).map(normalised),
    },
    outputs: {
      model: normalised(train.outputs?.model ?? evaluate.predict?.onnx ?? "model.json"),
      metrics: train.outputs?.metrics && normalised(train.outputs.metrics),
    },
    engine: resolveEngine(train),
    runner: typeof train.runner === "string" ? [train.runner] : (train.runner ?? ["ubuntu-latest"]),
    gpus: train.gpus,
    gpuMemory: train["gpu-memory"] === undefined ? undefined : mebibytesOf(train["gpu-memory"]),
    timeoutMinutes: minutesOf(train.timeout ?? "6h"),
    when: train.when ?? "push",
    seeds,
    grid: resolveGrid(train, { params, seed: seeds[0] ?? 1, place }),
    env: train.env ?? [],
  };
}

function resolveTrainer(train: AuthoredModel["train"], recipe: Recipe | undefined): Train["trainer"] {
  if (train.run !== undefined) return { kind: "command", run: train.run };
  const how: TfjsTrainer["how"] = recipe ? { recipe } : { module: normalised(train.module ?? "") };
  return { kind: "tfjs", backend: train.backend ?? "auto", how };
}

function resolveGrid(
  { grid, select, recipe }: AuthoredModel["train"],
  { params, seed, place }: { params: readonly ParamsFile[]; seed: number; place: Place },
): Grid | undefined {
  if (!grid || !select) return undefined;
  const parameters = Object.entries(grid).map(([name, values]) => ({ name, values, position: place(["grid", name]) }));
  const points = combinations(
    parameters.map(({ name, values, position }) => values.map((value) => ({ name, value, position }))),
  ).map((chosen) => ({
    values: Object.fromEntries(chosen.map(({ name, value }) => [name, value])),
    recipe: recipe && resolveRecipe(withValues(recipe, chosen), seed),
    params: recipe
      ? []
      : chosen.flatMap((parameter) => {
          const found = parameterOf(parameter.name, params);
          return found ? [{ ...parameter, ...found }] : [];
        }),
  }));
  return { parameters, points, select };
}

/** The rules have seen to it that every path leads to a single value. */
function withValues<Written extends object>(written: Written, chosen: readonly { name: string; value: GridValue }[]): Written {
  const placed = structuredClone(written);
  for (const { name, value } of chosen) {
    const parts = name.split(".");
    const last = parts.pop() ?? "";
    const holder = parts.reduce<object>((inner, part) => Reflect.get(inner, part), placed);
    Reflect.set(holder, last, value);
  }
  return placed;
}

function resolveEngine({ engine }: AuthoredModel["train"]): Train["engine"] {
  if (engine === undefined) return { kind: "local" };
  const { storage, cpus, "hand-off": handOff = false } = engine.ray;
  return { kind: "ray", storage: normalised(storage), cpus, handOff };
}

function resolveRecipe(recipe: NonNullable<AuthoredModel["train"]["recipe"]>, seed: number): Recipe {
  return {
    data: normalised(recipe.data),
    target: recipe.target,
    features: { numeric: recipe.features.numeric ?? [], categorical: recipe.features.categorical ?? [] },
    missing: { numeric: recipe.missing?.numeric ?? "median", categorical: recipe.missing?.categorical ?? "most-frequent" },
    layers: (recipe.layers ?? []).map(
      ({ dense, activation, dropout }): RecipeLayer =>
        dense === undefined
          ? { kind: "dropout", rate: dropout ?? 0 }
          : { kind: "dense", units: dense, activation: activation ?? "relu" },
    ),
    optimizer: resolveOptimizer(recipe.optimizer ?? { adam: 0.01 }),
    batchSize: recipe["batch-size"] ?? 32,
    epochs: recipe.epochs ?? 50,
    earlyStopping: recipe["early-stopping"],
    validation: recipe.validation ?? 0,
    seed,
  };
}

function resolveOptimizer({ adam, sgd, rmsprop }: { adam?: number; sgd?: number; rmsprop?: number }): Recipe["optimizer"] {
  if (sgd !== undefined) return { kind: "sgd", learningRate: sgd };
  if (rmsprop !== undefined) return { kind: "rmsprop", learningRate: rmsprop };
  return { kind: "adam", learningRate: adam ?? 0.01 };
}

function resolveParams(params: string | Record<string, string[]>): ParamsFile[] {
  if (typeof params === "string") return [{ path: normalised(params), keys: undefined }];
  return Object.entries(params).map(([path, keys]) => ({ path: normalised(path), keys }));
}

function resolveEvaluate({ task, evaluate, gates = [] }: AuthoredModel, meant: MeantMetric): Evaluate {
  const positive = evaluate.positive === undefined ? undefined : String(evaluate.positive);
  return {
    data: normalised(evaluate.data),
    id: evaluate.id,
    target: evaluate.target,
    positive,
    classes: evaluate.classes?.map(String),
    predict: resolvePredict(evaluate.predict),
    metrics: metricsOfModel({ task, positive, metrics: evaluate.metrics, gates }),
    lowerIsBetter: [...new Set(evaluate["lower-is-better"])],
    primary: evaluate.primary === undefined ? undefined : meant(evaluate.primary),
    group: evaluate.group,
    weight: evaluate.weight,
    slices: (evaluate.slices ?? []).map((slice) =>
      typeof slice === "string"
        ? { column: slice, minRows: defaultMinRows }
        : { column: slice.column, minRows: slice["min-rows"] ?? defaultMinRows },
    ),
  };
}

function resolvePredict(predict: AuthoredModel["evaluate"]["predict"]): Predict {
  if (predict?.onnx !== undefined) return { kind: "onnx", path: normalised(predict.onnx), features: predict.features };
  if (predict?.run !== undefined) return { kind: "command", run: predict.run };
  return { kind: "tfjs" };
}

type WrittenGate = NonNullable<AuthoredModel["gates"]>[number];

interface GateContext {
  meant: MeantMetric;
  drift: Drift | undefined;
}

function resolveGate(gate: WrittenGate, { meant, drift }: GateContext, position: Gate["position"]): Gate {
  if (gate.drift) {
    return { position, metric: "drift", data: { check: "drift" }, kind: "at-most", limit: drift?.maxDrifted ?? 0 };
  }
  if (gate.quality)
    return { position, metric: "quality", data: { check: "quality", severity: gate.quality }, kind: "at-most", limit: 0 };
  const resource = resources.find((name) => gate[name] !== undefined);
  if (resource) {
    const limit =
      resource === "gpu-hours" ? gate[resource]?.["at-most"] : mebibytesOf(gate["gpu-memory"]?.["at-most"] ?? "") / 1_024;
    return { position, metric: resource, resource, kind: "at-most", limit: limit ?? 0 };
  }
  const kind = gateKinds.find((name) => gate[name] !== undefined) ?? "no-worse-than";
  const value = gate[kind] ?? 0;
  const slice = sliceOf(gate.slice);
  const judged = {
    position,
    metric: gate.reported ?? meant(gate.metric),
    ...(slice && { slice: { ...slice, worst: gate.worst ?? false } }),
    ...(gate.reported !== undefined && {
      reported: { greaterIsBetter: gate.better === "higher", noise: gate.noise ?? 0 },
    }),
  };
  if (kind === "at-least" || kind === "at-most") return { ...judged, kind, limit: Number(value) };
  if (typeof value === "number") return { ...judged, kind, margin: value };
  return { ...judged, kind, margin: shareOf(value), relative: true };
}
