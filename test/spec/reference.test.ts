import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { specReference } from "../../src/spec/reference.ts";
import { command, onlyModel, parse } from "./assay-yml.ts";

const document = readFileSync(new URL("../../docs/assay-yml.md", import.meta.url), "utf8");

it("stands in the documentation as it is generated", () => {
  expect(document).toContain(`<!-- begin: reference -->\n\n${specReference()}\n\n<!-- end: reference -->`);
});

it("shows files that are right", () => {
  const files = [...document.matchAll(/```yaml\n(version:[\s\S]*?)```/g)].map(([, file = ""]) => file);
  expect(files).toHaveLength(4);
  for (const file of files) expect(parse(file).models.size).toBe(1);
});

it("is right where workflows are explained, for every way to install", () => {
  const workflows = readFileSync(new URL("../../docs/workflows.md", import.meta.url), "utf8");
  const files = [...workflows.matchAll(/```yaml\n(version:[\s\S]*?)```/g)].map(([, file = ""]) => file);
  expect(files.map((file) => [...parse(file).models.keys()])).toEqual([["with-uv", "with-pip", "with-micromamba", "with-npm"]]);
});

it("shows parts that are right", () => {
  const parts = [...document.matchAll(/```yaml\n((?:evaluate|gates|waivers):[\s\S]*?)```/g)].map(([, part = ""]) => part);
  expect(parts).toHaveLength(3);
  const indented = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);
  const [evaluate = "", gates = "", waivers = ""] = parts;
  const head =
    command.replace("run: python train.py", "run: python train.py\n      outputs: {metrics: m.json}").split("    gates:")[0] ??
    "";
  const withMetrics = head.replace("    evaluate:\n", indented(evaluate.split("gates:")[0] ?? "", "    "));
  expect(onlyModel(withMetrics + indented(`gates:${evaluate.split("gates:")[1]}`, "    ")).evaluate.primary).toBe(
    "average_precision",
  );
  const sliced = head.replace("      data: data/test", "      slices: [country]\n      data: data/test");
  const judged = indented(gates.replace("root_mean_squared_error", "log_loss"), "    ");
  const all = onlyModel(sliced + judged + indented(waivers, "    "));
  expect([all.gates.length, all.waivers.length]).toEqual([8, 1]);
});
