import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import type { Repository } from "../../git/repository.ts";
import { skipWithout } from "../../requirements.ts";
import { foreignRepository, lockFolder, standIns } from "../foreign-repository.ts";

const python = spawnSync("python", ["-c", "import sklearn, skl2onnx, pandas"], { encoding: "utf8" });
const skip = skipWithout(
  "python",
  "training what `assay init` proposes",
  python.status === 0 ? undefined : "python with the packages of examples/breast-cancer-python/requirements.txt was not found.",
);

const main = join(import.meta.dirname, "..", "..", "..", "src", "cli", "main.ts");

function assay({ folder }: Repository, ...args: string[]) {
  const env = {
    ...process.env,
    PYTHONPATH: standIns,
    PYTHONDONTWRITEBYTECODE: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    NO_COLOR: "1",
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** `assay init`, and what a person does next. */
function initialise(repository: Repository) {
  const { status, stdout, stderr } = assay(repository, "init", "--json");
  expect(status, stderr).toBe(0);
  const { files, open } = JSON.parse(stdout);
  expect(open).toEqual([]);
  const validated = assay(repository, "validate");
  expect(validated.status, validated.stderr).toBe(0);
  repository.commit();
  const [model] = parseSpec(files[0].text, "assay.yml").models.values();
  if (!model) throw new Error("no model");
  return { model, files: files.map(({ path }: { path: string }) => path), text: files[0].text };
}

function trainAndEvaluate(repository: Repository): { metrics: Record<string, number> } {
  const trained = assay(repository, "train");
  expect(trained.status, trained.stderr).toBe(0);
  const evaluated = assay(repository, "evaluate", "--json");
  expect(evaluated.status, evaluated.stderr).toBe(0);
  expect(repository.git("status", "--porcelain")).toBe("");
  const [evaluation] = JSON.parse(evaluated.stdout).evidence[0].evaluations;
  return {
    metrics: Object.fromEntries(
      evaluation.candidate.metrics.map((one: { metric: string; value: number }) => [one.metric, one.value]),
    ),
  };
}

describe("a scikit-learn script that saves a pickle, and a script that scores with it", () => {
  it("are understood from their text alone", () => {
    const { model, files } = initialise(foreignRepository("scikit-learn"));
    expect(files).toEqual(["assay.yml", ".github/workflows/models.yml"]);
    expect(model.task).toBe("multiclass");
    expect(model.train.trainer).toEqual({ kind: "command", run: "python src/train.py" });
    expect(model.train.inputs).toMatchObject({ data: ["data/train.csv"], environment: ["requirements.txt"] });
    expect(model.train.outputs).toEqual({ model: "models/model.joblib", metrics: "metrics.json" });
    expect(model.evaluate).toMatchObject({ data: "data/test.csv", id: "id", target: "species" });
    expect(model.evaluate.predict).toEqual({
      kind: "command",
      run: "python src/predict.py --model-path {model} --input {data} --output {out}",
    });
  });

  it.skipIf(skip)(
    "are trained and evaluated by what is proposed",
    () => {
      const repository = foreignRepository("scikit-learn");
      initialise(repository);
      expect(trainAndEvaluate(repository).metrics["accuracy"]).toBeGreaterThan(0.9);
    },
    120_000,
  );

  it.skipIf(skip)(
    "get a script that scores, when there is none",
    () => {
      const repository = foreignRepository("scikit-learn");
      repository.remove("src/predict.py");
      repository.commit();
      const { files, model } = initialise(repository);
      expect(files).toContain("src/assay_predict.py");
      expect(model.evaluate.metrics).toContain("log_loss");
      expect(trainAndEvaluate(repository).metrics["accuracy"]).toBeGreaterThan(0.9);
    },
    120_000,
  );
});

describe("a DVC pipeline with params.yaml that writes ONNX", () => {
  it("is trained by the commands of its stages, from what none of them makes", () => {
    const { model, text } = initialise(foreignRepository("dvc"));
    expect(model.train.trainer).toMatchObject({
      run: "python src/prepare.py data/raw/tumours.csv && python src/train.py --alpha 0.001",
    });
    expect(model.train.inputs.data).toEqual(["data/raw/tumours.csv"]);
    expect(model.train.inputs.params).toEqual([
      { path: "params.yaml", keys: ["prepare.test_size", "prepare.seed", "features", "train"] },
    ]);
    expect(model.evaluate).toMatchObject({ data: "data/prepared/test.csv", target: "diagnosis", positive: "malignant" });
    expect(text).toContain("Not dvc repro");
  });

  it("is told that dvc.lock has to say which rows are the test set", () => {
    const { stdout } = assay(foreignRepository("dvc"), "init", "--dry-run", "--json");
    expect(JSON.parse(stdout).notes).toContainEqual(
      expect.stringMatching(/dvc\.lock has no md5 of data\/prepared\/test\.csv: run dvc repro/),
    );
  });

  it.skipIf(skip)(
    "is trained and evaluated by what is proposed",
    () => {
      const repository = foreignRepository("dvc");
      const prepared = spawnSync("python", ["src/prepare.py", "data/raw/tumours.csv"], {
        cwd: repository.folder,
        encoding: "utf8",
      });
      expect(prepared.status, prepared.stderr).toBe(0);
      lockFolder(repository, "prepare", "data/prepared");
      expect(existsSync(join(repository.folder, "data/prepared"))).toBe(false);
      initialise(repository);
      expect(trainAndEvaluate(repository).metrics["accuracy"]).toBeGreaterThan(0.85);
    },
    120_000,
  );
});

describe("a Keras notebook that was made a script", () => {
  it("is understood, with a predict script that knows where its model lies", () => {
    const { model } = initialise(foreignRepository("keras"));
    expect(model).toMatchObject({ name: "tumour_net", task: "binary" });
    expect(model.train.trainer).toMatchObject({ run: "python notebook.py" });
    expect(model.train.outputs.model).toBe("tumour_net.keras");
    expect(model.evaluate).toMatchObject({ data: "input/test.csv", target: "diagnosis", id: undefined });
    expect(model.evaluate.predict).toMatchObject({ run: "cp {model} tumour_net.keras && python predict.py {data} {out}" });
  });

  // Keras itself is too large for a test: the same script runs on a stand-in of that name, with scikit-learn behind it.
  it.skipIf(skip)(
    "is trained and evaluated by what is proposed",
    () => {
      const repository = foreignRepository("keras");
      initialise(repository);
      expect(trainAndEvaluate(repository).metrics["accuracy"]).toBeGreaterThan(0.85);
    },
    120_000,
  );
});
