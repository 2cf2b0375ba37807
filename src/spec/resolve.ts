import { posix } from "node:path";
import { gateKinds } from "./gate-schema.ts";
import { usualMetrics } from "./metrics.ts";
import type { Authored, AuthoredModel } from "./schema.ts";
import type { Evaluate, Gate, Model, ParamsFile, Predict, Recipe, RecipeLayer, Spec, TfjsTrainer, Train } from "./spec.ts";
import { minutesOf } from "./values.ts";
import type { YamlSource } from "./yaml-source.ts";

/** A file that follows the schema, with its defaults filled in. */
export function resolveSpec(authored: Authored, path: string, position: YamlSource["position"]): Spec {
  const models = Object.entries(authored.models).map(([name, model]): [string, Model] => [
    name,
    resolveModel(name, model, position),
  ]);
  return {
    path,
    baseline: "base",
    writer: "action",
    onInconclusive: authored["on-inconclusive"] ?? "block",
    models: new Map(models),
  };
}

function resolveModel(name: string, model: AuthoredModel, position: YamlSource["position"]): Model {
  const gates = (model.gates ?? []).map((gate, index) => resolveGate(gate, position(["models", name, "gates", index])));
  return {
    name,
    position: position(["models", name], { key: true }),
    task: model.task,
    owners: model.owners ?? [],
    train: resolveTrain(model),
    evaluate: resolveEvaluate(model, gates),
    data: { unpinned: model.data?.unpinned ?? "fail" },
    gates,
    waivers: [],
  };
}

function resolveTrain({ train, evaluate }: AuthoredModel): Train {
  const inputs = train.inputs ?? {};
  const seeds = train.seeds ?? [train.recipe?.seed ?? 1];
  const recipe = train.recipe && resolveRecipe(train.recipe, seeds[0] ?? 1);
  const data = (inputs.data ?? []).map(normalised);
  return {
    trainer: resolveTrainer(train, recipe),
    setup: train.setup ?? [],
    workingDirectory: normalised(train["working-directory"] ?? "."),
    inputs: {
      code: inputs.code?.map(normalised),
      data: recipe && !data.includes(recipe.data) ? [recipe.data, ...data] : data,
      params: (inputs.params ?? []).flatMap(resolveParams),
      environment: (inputs.environment ?? []).map(normalised),
    },
    outputs: {
      model: normalised(train.outputs?.model ?? evaluate.predict?.onnx ?? "model.json"),
      metrics: train.outputs?.metrics && normalised(train.outputs.metrics),
    },
    runner: typeof train.runner === "string" ? [train.runner] : (train.runner ?? ["ubuntu-latest"]),
    timeoutMinutes: minutesOf(train.timeout ?? "6h"),
    seeds,
    env: train.env ?? [],
  };
}

function resolveTrainer(train: AuthoredModel["train"], recipe: Recipe | undefined): Train["trainer"] {
  if (train.run !== undefined) return { kind: "command", run: train.run };
  const how: TfjsTrainer["how"] = recipe ? { recipe } : { module: normalised(train.module ?? "") };
  return { kind: "tfjs", backend: train.backend ?? "auto", how };
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

function resolveEvaluate({ task, evaluate }: AuthoredModel, gates: readonly Gate[]): Evaluate {
  const positive = evaluate.positive === undefined ? undefined : String(evaluate.positive);
  const metrics = [...(evaluate.metrics ?? []), ...gates.map(({ metric }) => metric)];
  if (evaluate.metrics === undefined) metrics.push(...usualMetrics(task, positive));
  return {
    data: normalised(evaluate.data),
    id: evaluate.id,
    target: evaluate.target,
    positive,
    classes: evaluate.classes?.map(String),
    predict: resolvePredict(evaluate.predict),
    metrics: [...new Set(metrics)],
    lowerIsBetter: [],
    primary: undefined,
    group: undefined,
    weight: undefined,
    slices: [],
  };
}

function resolvePredict(predict: AuthoredModel["evaluate"]["predict"]): Predict {
  if (predict?.onnx !== undefined) return { kind: "onnx", path: normalised(predict.onnx), features: predict.features };
  if (predict?.run !== undefined) return { kind: "command", run: predict.run };
  return { kind: "tfjs" };
}

function resolveGate(gate: NonNullable<AuthoredModel["gates"]>[number], position: Gate["position"]): Gate {
  const kind = gateKinds.find((name) => gate[name] !== undefined) ?? "no-worse-than";
  const value = gate[kind] ?? 0;
  const { metric } = gate;
  return kind === "no-worse-than" || kind === "better-than"
    ? { position, metric, kind, margin: value }
    : { position, metric, kind, limit: value };
}

/** `./a//b` → `a/b`: one spelling for one file. */
function normalised(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, "");
}
