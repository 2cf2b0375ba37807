import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { dvcYamlOf, parseAnnotations } from "../../src/registry/annotations.ts";
import { createRepository } from "../git/repository.ts";
import { skipWithout } from "../requirements.ts";

const python = resolve(".cache/dvc/bin/python");
const skip = skipWithout(
  "dvc",
  "what DVC itself reads of artifacts",
  existsSync(python) ? undefined : "DVC is not installed here: run `bash .ci/python-tool.sh dvc`, which needs Python.",
);

const root = `
stages: {train: {cmd: python train.py, outs: [model.onnx]}}
artifacts:
  fraud: {path: model.onnx, type: model, desc: "Finds fraud, früh", labels: [tabular, eu], meta: {framework: torch, layers: [1, 2]}}
  rows: {path: rows.csv}
`;
const inFolder = "artifacts:\n  churn:\n    path: churn.txt\n    type: model\n";

const read = (path: string, text: string) => parseAnnotations(path, Buffer.from(text));

it.skipIf(skip)(
  "are those that DVC reads",
  () => {
    const repository = createRepository();
    repository.write("dvc.yaml", root);
    repository.write("models/eu/dvc.yaml", inFolder);
    const program = `
import json, subprocess
from dvc.repo import Repo
subprocess.run(["${python}", "-m", "dvc", "init", "-q"], check=True)
found = Repo().artifacts.read()
print(json.dumps({path: {name: one.to_dict() for name, one in artifacts.items()} for path, artifacts in found.items()}))`;
    const env = { ...process.env, DVC_NO_ANALYTICS: "1", HOME: repository.folder };
    const byDvc = JSON.parse(execFileSync(python, ["-c", program], { cwd: repository.folder, env, encoding: "utf8" }));
    const ours = (path: string, text: string) =>
      Object.fromEntries(
        [...read(path, text)].map(([name, { labels, ...rest }]) => [
          name.split(":").at(-1),
          { ...rest, ...(labels.length > 0 ? { labels } : {}) },
        ]),
      );
    expect({ "dvc.yaml": ours("dvc.yaml", root), "models/eu/dvc.yaml": ours("models/eu/dvc.yaml", inFolder) }).toEqual(byDvc);
  },
  120_000,
);

it("are of the models whose tags are called so", () => {
  expect([...read("dvc.yaml", root).keys()]).toEqual(["fraud", "rows"]);
  expect([...read("models/eu/dvc.yaml", inFolder).keys()]).toEqual(["models/eu:churn"]);
  expect(["fraud", "models/eu:churn", "risk/fraud"].map(dvcYamlOf)).toEqual(["dvc.yaml", "models/eu/dvc.yaml", "dvc.yaml"]);
});

it("are none where there are none", () => {
  for (const text of ["", "stages: {}", "artifacts:", "[]"]) expect(read("dvc.yaml", text).size, text).toBe(0);
});

it.each([
  ["artifacts:\n  fraud: {type: model}\n", /^dvc\.yaml:2 artifacts\.fraud\.path: .* An artifact has path, and may have type/],
  ["artifacts:\n  fraud:\n    path: m\n    labels: big\n", /^dvc\.yaml:4 artifacts\.fraud\.labels: /],
  ["artifacts:\n  fraud: {path: m, owner: me}\n", /^dvc\.yaml:2 artifacts\.fraud: .*"owner"/],
  ["artifacts: [fraud]\n", /^dvc\.yaml:1 artifacts: /],
  ["a: 1\n<<<<<<< HEAD\nb: 2\n", /^dvc\.yaml:\d is no YAML: .*\. Mend it/],
  ["artifacts: {a: {path: m, path: n}}", /^dvc\.yaml:1 is no YAML: /],
  ["artifacts: {a: *nowhere}", /^dvc\.yaml/],
  [
    `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f"].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdef"[index]}`).join(",")}]`).join("\n")}\n`,
    /^dvc\.yaml cannot be read: /,
  ],
  [" ".repeat(1024 ** 2 + 1), /^dvc\.yaml has 1048577 bytes, more than/],
])("are refused where they are broken, with the place: %#", (text, told) => {
  expect(() => read("dvc.yaml", text)).toThrow(told);
});
