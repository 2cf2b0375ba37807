import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, MissingDataError, UsageError } from "../../src/errors/errors.ts";
import { defaultBase, type PlanRequest, planChange, planHere } from "../../src/flows/plan-change.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { renderPlan } from "../../src/plan/render-plan.ts";
import { noRunLookup } from "../../src/plan/run-lookup.ts";
import { cloneRepository, createRepository, files, type Repository, temporaryFolder } from "../git/repository.ts";

const md5 = (digit: string) => digit.repeat(32);
const lfs = (digit: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${digit.repeat(64)}\nsize 12345\n`;
const dvc = (digit: string, path: string) => `outs:\n- md5: ${md5(digit)}\n  size: 12\n  hash: md5\n  path: ${path}\n`;

const spec = `version: 1
models:
  fraud:
    task: binary
    train:
      run: python train.py
      working-directory: models/fraud
      inputs:
        data: [data/train.csv]
        params: [params.yaml: [train.lr, train.layers]]
        environment: [requirements.txt]
      outputs: {model: model.onnx}
    evaluate: {data: data/test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}
  churn:
    task: binary
    train:
      run: python train.py
      working-directory: models/churn
      inputs: {data: [data/train.parquet.dvc, data/extra.bin]}
      outputs: {model: model.onnx}
    evaluate: {data: data/test.parquet.dvc, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}
`;

const tree = {
  "assay.yml": spec,
  "README.md": "# Models\n",
  "models/fraud/README.md": "words\n",
  "models/fraud/train.py": "print('fraud')\n",
  "models/fraud/src/features.py": "x = 1\n",
  "models/fraud/params.yaml": "train:\n  lr: 0.1 # rate\n  layers: [64, 32]\n  comment: none\n",
  "models/fraud/requirements.txt": "scikit-learn==1.5\n",
  "models/fraud/data/train.csv": "x,y\n1,0\n",
  "models/fraud/data/test.csv": "x,y\n1,1\n",
  "models/churn/train.py": "print('churn')\n",
  "models/churn/data/train.parquet.dvc": dvc("a", "train.parquet"),
  "models/churn/data/test.parquet.dvc": dvc("b", "test.parquet"),
  "models/churn/data/extra.bin": lfs("c"),
};

let repository: Repository;
let base: string;
const others: Repository[] = [];
beforeEach(() => {
  repository = createRepository();
  base = repository.commit(tree);
});
afterEach(() => {
  for (const each of [repository, ...others.splice(0)]) each.delete();
});

async function plan(overrides: Partial<PlanRequest> = {}, at = repository): Promise<Plan> {
  const git = await at.open();
  const target = { commit: at.git("rev-parse", "HEAD") };
  return planChange({ git, files, lookup: noRunLookup, target, base, event: "pull_request", ...overrides });
}

/** The plan as people read it, by model. */
async function lines(overrides: Partial<PlanRequest> = {}, at = repository): Promise<string[]> {
  return renderPlan(await plan(overrides, at)).split("\n");
}

const untouched = {
  fraud: "skip   fraud  nothing that determines it changed",
  churn: "skip   churn  nothing that determines it changed",
};

describe("what a change trains", () => {
  it("is nothing on an unchanged tree", async () => {
    repository.commit();
    expect(await lines()).toEqual([untouched.fraud, untouched.churn]);
    const { models } = await plan();
    expect(models.map(({ evaluate, testSetChanged, baseline }) => [evaluate, testSetChanged, baseline?.decision])).toEqual([
      [false, false, "skip"],
      [false, false, "skip"],
    ]);
  });

  const cases: [what: string, path: string, content: string, fraud: string, churn: string][] = [
    ["a data byte", "models/fraud/data/train.csv", "x,y\n2,0\n", "data changed: models/fraud/data/train.csv", ""],
    [
      "a declared param",
      "models/fraud/params.yaml",
      "train: {lr: 0.2, layers: [64, 32]}\n",
      "param changed: train.lr 0.1 → 0.2 (models/fraud/params.yaml)",
      "",
    ],
    ["an undeclared param", "models/fraud/params.yaml", "train: {lr: 0.10, layers: [64, 32], other: 5}\nmore: 1\n", "", ""],
    ["a README word", "models/fraud/README.md", "other words\n", "", ""],
    ["a .gitignore", "models/fraud/.gitignore", "*.log\n", "", ""],
    [
      "a .dvc md5",
      "models/churn/data/train.parquet.dvc",
      dvc("d", "train.parquet"),
      "",
      "data changed: models/churn/data/train.parquet.dvc",
    ],
    ["more metadata in a .dvc file", "models/churn/data/train.parquet.dvc", `${dvc("a", "train.parquet")}desc: words\n`, "", ""],
    ["an LFS oid", "models/churn/data/extra.bin", lfs("e"), "", "data changed: models/churn/data/extra.bin"],
    ["a code file", "models/fraud/src/features.py", "x = 2\n", "code changed: models/fraud/src/features.py", ""],
    ["a new code file", "models/fraud/src/more.py", "y = 2\n", "code added: models/fraud/src/more.py", ""],
    [
      "an environment file",
      "models/fraud/requirements.txt",
      "scikit-learn==1.6\n",
      "environment changed: models/fraud/requirements.txt",
      "",
    ],
    ["a file of no model", "src/other.py", "z = 3\n", "", ""],
    ["a command", "assay.yml", spec.replace("python train.py", "python train.py --fast"), "command changed: train.run", ""],
    [
      "a gate",
      "assay.yml",
      spec.replace("metrics: [accuracy]}", "metrics: [accuracy]}\n    gates: [{metric: accuracy, at-least: 0.5}]"),
      "",
      "",
    ],
  ];
  for (const [what, path, content, fraud, churn] of cases) {
    it(`after ${what} is ${fraud || churn ? `${fraud ? "fraud" : "churn"}, because ${fraud || churn}` : "nothing"}`, async () => {
      const expected = [fraud ? `train  fraud  ${fraud}` : untouched.fraud, churn ? `train  churn  ${churn}` : untouched.churn];
      const mention = (line: string) => !line.includes("baseline is trained too");
      // First as uncommitted work, then as a commit: the same plan and the same hashes.
      repository.write(path, content);
      repository.git("add", "--intent-to-add", path);
      const uncommitted = await plan({ target: "work-tree", event: "manual" });
      repository.commit();
      const committed = await plan();
      expect(renderPlan(uncommitted).split("\n").filter(mention)).toEqual(expected);
      expect(renderPlan(committed).split("\n").filter(mention)).toEqual(expected);
      expect(uncommitted.models.map(({ candidate }) => candidate.inputHash)).toEqual(
        committed.models.map(({ candidate }) => candidate.inputHash),
      );
    });
  }

  it("names what was deleted and renamed, whatever it is called", async () => {
    repository.commit({ "models/fraud/a b\nc.py": "odd", "models/fraud/größe.py": "unicode" });
    const before = repository.git("rev-parse", "HEAD");
    repository.remove("models/fraud/größe.py");
    renameSync(join(repository.folder, "models/fraud/a b\nc.py"), join(repository.folder, "models/fraud/plain.py"));
    repository.commit();
    expect((await plan({ base: before })).models[0]?.candidate.because).toEqual([
      "code removed: models/fraud/größe.py",
      'code renamed: "models/fraud/a b\\nc.py" → models/fraud/plain.py',
    ]);
  });

  it("refuses data that is a link, which says nothing of what is behind it", async () => {
    const link = join(repository.folder, "models/fraud/data/train.csv");
    repository.remove("models/fraud/data/train.csv");
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync("elsewhere.csv", link);
    repository.commit();
    await expect(plan()).rejects.toThrow(/models\/fraud\/data\/train\.csv has no content id: it is a symbolic link/);
  });

  it("caps the reasons", async () => {
    repository.commit(
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`models/fraud/src/n${index}.py`, `${index}`])),
    );
    const because = (await plan()).models[0]?.candidate.because ?? [];
    expect(because).toHaveLength(11);
    expect(because.at(-1)).toBe("and 20 more");
  });

  it("names the files also where a model has very many", async () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`models/fraud/gen/f${index}.py`, `${index}`]));
    const before = repository.commit(many);
    repository.commit({ "models/fraud/gen/f33.py": "changed" });
    const { models } = await plan({ base: before });
    expect(models[0]?.candidate.because).toEqual(["code changed: models/fraud/gen/f33.py"]);
    expect(models[0]?.candidate.inputs.filter(({ kind }) => kind === "code")).toHaveLength(1);
  });
});

describe("the test set", () => {
  it("is evaluated again with the same model when only it changed", async () => {
    repository.commit({ "models/fraud/data/test.csv": "x,y\n1,0\n" });
    const [fraud] = (await plan()).models;
    expect(fraud).toMatchObject({
      evaluate: true,
      testSetChanged: true,
      evaluateBecause: ["test set changed: models/fraud/data/test.csv"],
    });
    // Nothing is recorded here, so the unchanged model has to be trained to be evaluated.
    expect(fraud?.candidate.decision).toBe("train");
    expect(fraud?.baseline?.decision).toBe("skip");
    const run = { kind: "store", inputHash: fraud?.candidate.inputHash ?? "sha256:", origin: "main" } as const;
    const recorded = await plan({
      lookup: { ...noRunLookup, findBaseline: async () => ({ kind: "recorded", run }) },
    });
    expect(recorded.models[0]?.candidate).toMatchObject({ decision: "reuse", run, because: ["the model is unchanged"] });
  });

  it("counts by what is evaluated, too", async () => {
    repository.commit({ "assay.yml": spec.replace("metrics: [accuracy]", "metrics: [accuracy, f1]") });
    expect((await plan()).models[0]).toMatchObject({
      evaluate: true,
      testSetChanged: false,
      evaluateBecause: ["evaluate.metrics changed"],
    });
  });

  it("counts by the columns that say how rows count; kept predictions serve no longer when a model would read one", async () => {
    repository.commit({
      "assay.yml": spec.replace("metrics: [accuracy]", "metrics: [accuracy], group: customer, slices: [country]"),
    });
    const [fraud] = (await plan()).models;
    expect(fraud).toMatchObject({
      evaluate: true,
      evaluateBecause: ["evaluate.group changed", "evaluate.slices changed"],
    });
    expect(fraud?.candidate.scoring).not.toBe(fraud?.baseline?.scoring);

    repository.commit({ "assay.yml": spec.replace("metrics: [accuracy]", "metrics: [accuracy], slices: [country]") });
    const [sliced] = (await plan()).models;
    expect(sliced?.evaluateBecause).toEqual(["evaluate.slices changed"]);
    expect(sliced?.candidate.scoring).toBe(sliced?.baseline?.scoring);
  });
});

describe("data that git does not hold", () => {
  const dataSpec = (data: string, unpinned = "fail") =>
    `version: 1\nmodels:\n  m:\n    task: binary\n    train: {run: ./t, working-directory: m, inputs: {data: [${data}]}, outputs: {model: model.onnx}}\n` +
    `    evaluate: {data: test.csv, target: y, positive: "1", predict: {onnx: model.onnx}, metrics: [accuracy]}\n    data: {unpinned: ${unpinned}}\n`;
  const start = (data: string, more: Record<string, string>, unpinned?: string) => {
    base = repository.commit({ "assay.yml": dataSpec(data, unpinned), "m/t": "code", "m/test.csv": "y\n1\n", ...more });
  };
  const dataIds = async () => (await plan()).models[0]?.candidate.inputs.filter(({ kind }) => kind === "data");
  const because = async () => (await plan()).models[0]?.candidate.because;

  it("has the md5 of dvc.lock, and nothing else of that file counts", async () => {
    const lock = (train: string, other: string) =>
      `schema: '2.0'\nstages:\n  prepare:\n    cmd: x\n    outs:\n    - path: out/train.csv\n      md5: ${md5(train)}\n      size: 1\n    - path: other\n      md5: ${md5(other)}\n      size: 1\n`;
    const pipeline = "stages:\n  prepare:\n    wdir: .\n    cmd: x\n    outs: [out/train.csv, other]\n";
    start("out/train.csv", { "m/dvc.lock": lock("1", "2"), "m/dvc.yaml": pipeline });
    expect(await dataIds()).toEqual([{ kind: "data", name: "m/out/train.csv", id: `dvc:md5:${md5("1")}` }]);
    repository.commit({ "m/dvc.lock": lock("1", "3") });
    expect(await because()).toEqual(["nothing that determines it changed"]);
    repository.commit({ "m/dvc.lock": lock("4", "3") });
    expect(await because()).toEqual(["data changed: m/out/train.csv"]);
  });

  it("has the md5 of the tracked folder that it lies in", async () => {
    start("raw/2024/train.csv", { "m/raw.dvc": `outs:\n- md5: ${md5("5")}.dir\n  nfiles: 3\n  path: raw\n` });
    expect(await dataIds()).toEqual([{ kind: "data", name: "m/raw/2024/train.csv", id: `dvc:md5:${md5("5")}.dir` }]);
  });

  it("has the commit of its submodule, also where only some code counts", async () => {
    const library = createRepository();
    others.push(library);
    library.commit({ "train.csv": "1" });
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", library.folder, "m/vendor");
    start("vendor/train.csv], code: [t", {});
    library.commit({ "train.csv": "2" });
    repository.git("-C", "m/vendor", "-c", "protocol.file.allow=always", "pull", "--quiet");
    const git = await repository.open();
    const byHand = await planHere({ git, files, lookup: noRunLookup, event: "manual" });
    expect(byHand.plan.models[0]?.candidate.because).toEqual(["data changed: m/vendor/train.csv"]);
    repository.commit();
    expect(await because()).toEqual(["data changed: m/vendor/train.csv"]);
  });

  it("has the commit of its submodule", async () => {
    const library = createRepository();
    others.push(library);
    library.commit({ "train.csv": "1" });
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", library.folder, "m/vendor");
    start("vendor/train.csv", {});
    const sha = library.git("rev-parse", "HEAD");
    expect(await dataIds()).toEqual([{ kind: "data", name: "m/vendor/train.csv", id: `submodule:${sha}` }]);
    library.commit({ "train.csv": "2" });
    repository.git("-C", "m/vendor", "-c", "protocol.file.allow=always", "pull", "--quiet");
    const reasons = ["data changed: m/vendor/train.csv"];
    expect((await plan({ target: "work-tree" })).models[0]?.candidate.because).toEqual(reasons);
    repository.commit();
    expect(await because()).toEqual(reasons);
  });

  it("is an error with its place and the fix, or trains every time, as declared", async () => {
    start("s3.csv", {});
    await expect(plan()).rejects.toThrow(ConfigError);
    await expect(plan()).rejects.toThrow(
      /^assay\.yml:5:61 models\.m\.train\.inputs\.data: m\/s3\.csv has no content id: it is not tracked by git, LFS, DVC or a submodule\. Track it/,
    );
    start("s3.csv", {}, "train");
    expect((await plan()).models[0]?.candidate).toMatchObject({
      decision: "train",
      because: ["m/s3.csv has no content id: it is not tracked by git, LFS, DVC or a submodule"],
    });
  });

  it("is unpinned while DVC has not recorded it", async () => {
    start("out.csv", {
      "m/dvc.yaml": "stages: {a: {cmd: x, outs: [out.csv: {cache: false}]}}\n",
      "m/dvc.lock": "schema: '2.0'\n",
    });
    await expect(plan()).rejects.toThrow(
      "m/out.csv has no content id: it is declared by DVC, but m/dvc.lock records no md5 of it",
    );
  });

  it.each([
    ["a merge left its marks in dvc.lock", "m/dvc.lock", "<<<<<<< HEAD\nschema: '2.0'\n=======\nschema: '2.0'\n>>>>>>> topic\n"],
    ["dvc.lock is a template", "m/dvc.lock", "stages: {{ stages }}\n"],
    ["its .dvc file is no YAML of DVC's", "m/out.csv.dvc", "outs: {md5\n"],
  ])("is not said to be without record when %s", async (_, path, content) => {
    start("out.csv", { "m/dvc.yaml": "stages: {a: {cmd: x, outs: [out.csv]}}\n", [path]: content });
    await expect(plan()).rejects.toThrow(
      `m/out.csv has no content id: it may be kept by DVC, but ${path} cannot be read: it is not YAML as DVC writes it`,
    );
  });
});

describe("what assay.yml names and the tree does not have", () => {
  it("is said all at once", async () => {
    repository.commit({
      "assay.yml": spec
        .replace("train.lr", "train.rate")
        .replace("requirements.txt", "requirements.lock")
        .replace(
          "run: python train.py\n      working-directory: models/churn\n      inputs: {",
          "run: python train.py\n      working-directory: models/churn\n      inputs: {code: [scr/**], ",
        ),
    });
    const failure = await plan().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigError);
    const text = String(failure);
    expect(text).toContain('models.fraud.train.inputs.params: models/fraud/params.yaml has no key "train.rate". It has train.lr');
    expect(text).toContain("models.fraud.train.inputs.environment: models/fraud/requirements.lock matches no tracked file.");
    expect(text).toContain("models.churn.train.inputs.code: models/churn/scr/** matches no tracked file.");
  });

  it("makes a model new when it is the base that lacks it", async () => {
    repository.remove("models/fraud/requirements.txt");
    const broken = repository.commit();
    repository.commit({ "models/fraud/requirements.txt": "back" });
    const [fraud, churn] = (await plan({ base: broken })).models;
    expect(fraud?.baseline).toBeUndefined();
    expect(fraud?.candidate.because[0]).toMatch(/^no baseline: its inputs at the base cannot be told/);
    expect(churn?.candidate.decision).toBe("skip");
  });

  it("is an unknown model name, or a missing file", async () => {
    await expect(plan({ models: ["frod"] })).rejects.toThrow("assay.yml has no model frod. It has fraud, churn.");
    await expect(plan({ specPath: "other.yml" })).rejects.toThrow(UsageError);
    expect((await plan({ models: ["churn"] })).models.map(({ model }) => model)).toEqual(["churn"]);
  });
});

describe("the base", () => {
  it("that has no assay.yml, or one that cannot be read, makes every model new", async () => {
    repository.remove("assay.yml");
    const without = repository.commit();
    const broken = repository.commit({ "assay.yml": "version: [" });
    repository.commit({ "assay.yml": spec });
    expect((await plan({ base: without })).models.map(({ candidate }) => candidate.because)).toEqual([
      ["no baseline: at the base, there is no assay.yml"],
      ["no baseline: at the base, there is no assay.yml"],
    ]);
    expect((await plan({ base: broken })).models[0]?.candidate.because).toEqual([
      "no baseline: at the base, assay.yml cannot be read",
    ]);
    expect((await plan({ base: null, event: "push" })).models[0]?.candidate).toMatchObject({
      decision: "train",
      because: ["no baseline yet"],
    });
  });

  it("is compared with a merge commit's own content", async () => {
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit({ "models/fraud/src/features.py": "x = 5\n" });
    repository.git("checkout", "--quiet", "main");
    const main = repository.commit({ "models/churn/train.py": "main moved\n" });
    repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "topic");
    const git = await repository.open();
    const [parent] = await git.parents(repository.git("rev-parse", "HEAD"));
    expect(parent).toBe(main);
    expect(await lines({ base: main })).toEqual([
      "train  fraud  code changed: models/fraud/src/features.py",
      "              baseline is trained too: no run of the base's inputs is recorded",
      untouched.churn,
    ]);
  });

  it("is fetched by a clone of depth 1, or the plan says what is missing", async () => {
    repository.commit({ "models/fraud/data/train.csv": "x,y\n9,9\n" });
    const clone = cloneRepository(repository.folder, "--depth=1");
    others.push(clone);
    expect((await lines({}, clone))[0]).toBe("train  fraud  data changed: models/fraud/data/train.csv");

    const cut = cloneRepository(repository.folder, "--depth=1");
    others.push(cut);
    cut.git("remote", "set-url", "origin", `file://${temporaryFolder()}/gone`);
    await expect(plan({}, cut)).rejects.toThrow(MissingDataError);
    await expect(plan({}, cut)).rejects.toThrow(new RegExp(`lacks commit ${base}.*fetch-depth: 0.*token`, "s"));
    expect((await plan({ event: "push" }, cut)).models[0]?.candidate.because).toEqual([
      `no run with these inputs is recorded, and ${base} cannot be fetched to compare with`,
    ]);
  });
});

describe("the default comparison", () => {
  const found = async () => {
    const { target, base: against, explanation } = await defaultBase(await repository.open());
    return { target, against, explanation };
  };

  it("of the first commit is with itself, and trains nothing", async () => {
    const { target, against } = await found();
    expect({ target, against }).toEqual({ target: { commit: base }, against: base });
    expect(await lines({ event: "manual" })).toEqual([untouched.fraud, untouched.churn]);
  });

  it("on the default branch is with the commit before, or of uncommitted work with HEAD", async () => {
    const head = repository.commit({ "x.txt": "1" });
    expect(await found()).toMatchObject({
      target: { commit: head },
      against: base,
      explanation: expect.stringContaining("the commit before it"),
    });
    repository.write("x.txt", "2");
    expect(await found()).toMatchObject({ target: "work-tree", against: head });
  });

  it("on another branch is with where it left the default branch", async () => {
    repository.git("checkout", "--quiet", "-b", "topic");
    const head = repository.commit({ "x.txt": "1" });
    repository.git("checkout", "--quiet", "main");
    repository.commit({ "y.txt": "main moved" });
    repository.git("checkout", "--quiet", "topic");
    expect(await found()).toMatchObject({
      target: { commit: head },
      against: base,
      explanation: expect.stringContaining("left main"),
    });
    repository.write("x.txt", "2");
    expect(await found()).toMatchObject({ target: "work-tree", against: base });
    repository.git("checkout", "--quiet", "--detach", "main", "--force");
    expect(await found()).toMatchObject({ against: base });
  });

  it("plans the same as finding the base first, whatever the state", async () => {
    const same = async () => {
      const git = await repository.open();
      const { target, base: against, explanation, status } = await defaultBase(git);
      const plan = await planChange({ git, files, lookup: noRunLookup, target, base: against, status, event: "manual" });
      const here = await planHere({ git, files, lookup: noRunLookup, event: "manual" });
      expect(here).toMatchObject({ plan, found: { target, base: against, explanation } });
      const head = await git.resolve("HEAD");
      const listed = head === undefined ? undefined : { commit: head, listing: git.listTreeRaw(head) };
      const begun = await planHere({ git, files, lookup: noRunLookup, event: "manual", status: git.status(), listed });
      expect(begun).toMatchObject({ plan: here.plan, found: here.found });
      return renderPlan(here.plan).split("\n");
    };
    expect(await same()).toEqual([untouched.fraud, untouched.churn]);
    repository.commit({ "models/fraud/train.py": "2" });
    expect((await same())[0]).toBe("train  fraud  code changed: models/fraud/train.py");
    repository.write("models/churn/new.py", "3");
    expect((await same()).join()).not.toContain("new.py");
    repository.git("add", "models/churn/new.py");
    expect((await same()).filter((line) => /^(train|skip)/.test(line))).toEqual([
      untouched.fraud,
      "train  churn  code added: models/churn/new.py",
    ]);
    repository.git("checkout", "--quiet", "-b", "topic");
    repository.commit();
    expect((await same()).filter((line) => /^(train|skip)/.test(line))).toEqual([
      untouched.fraud,
      "train  churn  code added: models/churn/new.py",
    ]);
  });

  it("is what was asked for, or an error that names it", async () => {
    const git = await repository.open();
    repository.git("tag", "v1");
    repository.commit({ "x.txt": "1" });
    expect((await defaultBase(git, "v1")).base).toBe(base);
    await expect(defaultBase(git, "v2")).rejects.toThrow('"v2" is no commit of this clone');
  });

  it("needs a commit", async () => {
    const empty = createRepository();
    others.push(empty);
    await expect(defaultBase(await empty.open())).rejects.toThrow("no commit yet");
  });

  describe("of a branch of two commits, the first of which changes a model", () => {
    const asked = async (clone: Repository) => (await defaultBase(await clone.open())).base;
    const clone = (...options: string[]) => {
      const made = cloneRepository(repository.folder, ...options);
      others.push(made);
      return made;
    };
    const branchOff = () => {
      repository.git("checkout", "--quiet", "-b", "topic");
      repository.commit({ "models/fraud/train.py": "2" });
      repository.commit({ "README.md": "2" });
    };

    it("is the commit before both, also where the default branch has another name and no remote", async () => {
      repository.git("branch", "--move", "main", "trunk");
      expect(await asked(repository)).toBe(base);
      branchOff();
      expect(await asked(repository)).toBe(base);
      repository.git("checkout", "--quiet", "-b", "other");
      await expect(asked(repository)).rejects.toThrow(/cannot be told which branch.*--base.*git config init.defaultBranch/);
      repository.git("config", "init.defaultBranch", "trunk");
      expect(await asked(repository)).toBe(base);
    });

    it("is not guessed on a branch that the only other one holds", async () => {
      repository.git("branch", "--move", "main", "trunk");
      branchOff();
      repository.git("checkout", "--quiet", "trunk");
      await expect(asked(repository)).rejects.toThrow(UsageError);
    });

    it("is found in a clone of a folder in which the branch is checked out", async () => {
      branchOff();
      expect(await asked(clone())).toBe(base);
    });

    it.for([
      ["a shallow clone of it", ["--depth=1"]],
      ["a shallow clone", ["--depth=1", "--no-single-branch"]],
      ["a clone of it alone", ["--single-branch"]],
    ] as const)("is found in %s after the fetch that the refusal names", async ([, options]) => {
      branchOff();
      const made = clone(...options);
      const refused: unknown = await asked(made).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(MissingDataError);
      const [, fetch = ""] = /Run `git (fetch [^`]*)`/.exec(String(refused)) ?? [];
      made.git(...fetch.split(" "));
      expect(await asked(made)).toBe(base);
    });

    it("on the default branch itself is the commit that origin has", async () => {
      const made = clone();
      made.commit({ "models/fraud/train.py": "2" });
      made.commit({ "README.md": "2" });
      expect(await asked(made)).toBe(base);
    });
  });
});

describe("a training that a person asked for", () => {
  const order = { models: undefined, again: false, seeds: undefined };
  const seeds = (numbers: string) => spec.replace("run: python train.py\n", `run: python train.py\n      seeds: ${numbers}\n`);

  it("with other seeds is the same run as if assay.yml declared them", async () => {
    repository.commit({ "models/fraud/train.py": "print('better')\n" });
    const asked = await plan({ order: { ...order, seeds: 3 } });
    repository.commit({ "assay.yml": seeds("[1, 2, 3]") });
    const declared = await plan({ order: undefined });
    const hash = ({ models }: Plan, name: string) => models.find(({ model }) => model === name)?.candidate.inputHash;
    expect(hash(asked, "fraud")).toBe(hash(declared, "fraud"));
    expect(asked.models.map(({ model, seeds: asked, candidate }) => [model, asked, candidate.decision])).toEqual([
      ["fraud", 3, "train"],
      // The change does not touch it, and nobody named it.
      ["churn", undefined, "skip"],
    ]);
  });

  it("has no fewer seeds than the base branch asks for", async () => {
    base = repository.commit({ "assay.yml": seeds("[1, 2, 3]") });
    repository.commit({ "models/fraud/train.py": "print('better')\n" });
    await expect(plan({ order: { ...order, seeds: 2 } })).rejects.toThrow(
      /fraud is to be trained with 2 seeds, and the base branch's assay.yml asks for 3/,
    );
    expect((await plan({ order: { ...order, seeds: 4 } })).models[0]?.seeds).toBe(4);
  });

  it("does not wait for what the others of its pull request wait for", async () => {
    repository.commit({ "models/fraud/train.py": "print('better')\n", "models/churn/train.py": "print('better')\n" });
    const readiness = { draft: true, labels: [] };
    const { models } = await plan({ readiness, order: { ...order, models: ["churn"] } });
    expect(models.map(({ model, waitsFor }) => [model, waitsFor])).toEqual([
      ["fraud", "ready"],
      ["churn", undefined],
    ]);
  });

  it("happens again although there is a run, and what nothing changed is left alone", async () => {
    repository.commit({ "models/fraud/train.py": "print('better')\n" });
    const run = { kind: "artifact" as const, inputHash: `sha256:${"a".repeat(64)}` as const, origin: "#1" };
    const lookup = { ...noRunLookup, findRun: async () => ({ run, mayReuse: true }) };
    const decisions = async (again: boolean) =>
      (await plan({ lookup, order: { ...order, again } })).models.map(({ candidate }) => candidate.decision);
    expect(await decisions(false)).toEqual(["reuse", "skip"]);
    expect(await decisions(true)).toEqual(["train", "skip"]);
  });
});

describe("a fork's commit that an owner allowed", () => {
  const onRunner = (model: string, runner: string) =>
    spec.replace(`working-directory: models/${model}`, `working-directory: models/${model}\n      runner: ${runner}`);
  const withheld = async (head: string) => {
    repository.commit({ "assay.yml": head, "models/fraud/train.py": `print(${JSON.stringify(head.length)})\n` });
    const { models } = await plan({ allowedFork: true });
    return models.flatMap(({ model, withheld: why }) => (why === undefined ? [] : [`${model}: ${why}`]));
  };

  it("gets the machines on which the base branch trains the model, or GitHub's, and no others", async () => {
    base = repository.commit({ "assay.yml": onRunner("fraud", "[self-hosted, gpu]") });
    expect(await withheld(onRunner("fraud", "[gpu, Self-Hosted]"))).toEqual([]);
    expect(await withheld(onRunner("fraud", "ubuntu-latest"))).toEqual([]);
    expect(await withheld(onRunner("fraud", "[self-hosted, vault]"))).toEqual([expect.stringContaining("self-hosted, vault")]);
  });

  it("gets for a new model the machines of another one of the base branch", async () => {
    base = repository.commit({ "assay.yml": onRunner("fraud", "[self-hosted, gpu]") });
    const renamed = (runner: string) => onRunner("fraud", runner).replace("  fraud:", "  fraud-two:");
    expect(await withheld(renamed("[self-hosted, gpu]"))).toEqual([]);
    expect(await withheld(renamed("[self-hosted, vault]"))).toEqual([expect.stringContaining("does not train any model")]);
  });
});
