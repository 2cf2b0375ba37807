import { expect, it } from "vitest";
import { nextStep, type Shown } from "../../src/mlflow/next-step.ts";

const run = (id: string, isFinished = true) => ({ id, isFinished, artifacts: `mlflow-artifacts:/1/${id}/artifacts` });
const version = (number: string, runId: string) => ({ number, runId, source: `mlflow-artifacts:/1/${runId}/artifacts/model` });
const { source } = version("1", "a");

const nothing: Shown = { aliases: undefined, versions: [], runs: [] };
const there: Shown = { aliases: new Map([["production", "3"]]), versions: [version("3", "a")], runs: [run("a")] };

it.each<[string, Shown, readonly string[], ReturnType<typeof nextStep>]>([
  ["makes the registered model first", nothing, [], { step: "create-registered-model" }],
  ["then a run", { ...nothing, aliases: new Map() }, [], { step: "create-run" }],
  ["then its files", { ...nothing, aliases: new Map(), runs: [run("a", false)] }, [], { step: "put-files", source }],
  [
    "then a version, once the files were read back",
    { ...nothing, aliases: new Map(), runs: [run("a", false)] },
    [source],
    { step: "create-version", source, runId: "a" },
  ],
  ["then ends the run", { ...there, runs: [run("a", false)] }, [source], { step: "finish-run", runId: "a" }],
  ["then moves the alias", { ...there, aliases: new Map([["production", "2"]]) }, [source], { step: "set-alias", number: "3" }],
  ["of what was there before not without reading it", { ...there, aliases: new Map() }, [], { step: "put-files", source }],
  [
    "keeps the first of two versions",
    { ...there, versions: [version("3", "a"), version("4", "b")] },
    [],
    { step: "delete-version", number: "4" },
  ],
  ["keeps the run of that version", { ...there, runs: [run("b"), run("a")] }, [], { step: "delete-run", runId: "b" }],
  ["is done once the alias is there", there, [], { step: "done", number: "3" }],
])("%s", (_, shown, put, expected) => {
  expect(nextStep(shown, "production", new Set(put))).toEqual(expected);
});
