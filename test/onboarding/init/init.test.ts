import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reusableWorkflow } from "../../../src/onboarding/init/texts.ts";
import { assay } from "../../cli/assay.ts";
import { createRepository, type Repository } from "../../git/repository.ts";
import { foreignRepository } from "../foreign-repository.ts";

const read = (repository: Repository, path: string) => readFileSync(join(repository.folder, path), "utf8");
const rows = (target: string) =>
  `size,colour,${target}\n${Array.from({ length: 40 }, (_, row) => `${row},c${row % 3},${row % 2 ? "yes" : "no"}`).join("\n")}\n`;

describe("assay init", () => {
  it("explains every guess on stderr and as a comment in the file", () => {
    const repository = foreignRepository("scikit-learn");
    const { status, stdout, stderr } = assay(repository.folder, "init");
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("Written: assay.yml, .github/workflows/models.yml.");
    expect(stderr).toMatch(/models\.[\w-]+\.evaluate\.target: species\n +src\/features\.py takes this column as the truth\./);
    expect(read(repository, "assay.yml")).toMatch(/# src\/features\.py takes this column as the truth\.\n +target: species/);
  });

  it("writes the workflow that the examples have, for the repository's own default branch", () => {
    const repository = foreignRepository("keras");
    repository.git("branch", "--move", "trunk");
    expect(assay(repository.folder, "init").status).toBe(0);
    const example = readFileSync(join(import.meta.dirname, "../../../examples/penguins/.github/workflows/models.yml"), "utf8");
    const written = read(repository, ".github/workflows/models.yml");
    expect(written).toContain("branches: [trunk]");
    const pin = new RegExp(`uses: ${reusableWorkflow.uses.replaceAll(".", "\\.")}@[0-9a-f]{40} #`);
    expect(written).toMatch(pin);
    expect(example).toMatch(pin);
    expect(written.match(/^ +[\w-]+: (?:read|write)/gm)).toEqual(example.match(/^ +[\w-]+: (?:read|write)/gm));
  });

  it("pins the commit that it is given", () => {
    const repository = foreignRepository("keras");
    const sha = "8f4b7f84864484a7bf31766abe9204da3cbe65b3";
    expect(assay(repository.folder, "init", "--pin", sha).stdout).not.toContain("no release yet");
    expect(read(repository, ".github/workflows/models.yml")).toContain(`@${sha} # `);
    expect(assay(repository.folder, "init", "--pin", "v1", "--force").status).toBe(2);
  });

  it("writes the workflow that promotes alone, beside an assay.yml that is there, and says what else it takes", () => {
    const repository = foreignRepository("scikit-learn");
    const sha = "8f4b7f84864484a7bf31766abe9204da3cbe65b3";
    repository.write("assay.yml", "version: 1\n");
    const { status, stdout } = assay(repository.folder, "init", "--promote", "--pin", sha);
    expect(status).toBe(0);
    expect(stdout).toContain("Written: .github/workflows/promote.yml.");
    expect(stdout).toContain("promote: {stages: [staging, production]}");
    expect(stdout).toContain("a tag ruleset for `**@v*`");
    expect(stdout).not.toContain("no release yet");
    expect(read(repository, "assay.yml")).toBe("version: 1\n");
    expect(read(repository, ".github/workflows/promote.yml")).toContain(
      `assay-ml/assay/actions/promote@${sha} # pinned by assay init`,
    );
    expect(existsSync(join(repository.folder, ".github/workflows/models.yml"))).toBe(false);
    const again = assay(repository.folder, "init", "--promote");
    expect(again.status).toBe(2);
    expect(again.stderr).toContain(".github/workflows/promote.yml is there already, and nothing was written.");
    expect(assay(repository.folder, "init", "--promote", "--force").stdout).toContain("no release yet");
  });

  it("writes over nothing unless told to, and then only what it names", () => {
    const repository = foreignRepository("scikit-learn");
    repository.write(".github/workflows/models.yml", "mine\n");
    const { status, stderr } = assay(repository.folder, "init");
    expect(status).toBe(2);
    expect(stderr).toContain(".github/workflows/models.yml is there already, and nothing was written.");
    expect(stderr).toContain("--force");
    expect(existsSync(join(repository.folder, "assay.yml"))).toBe(false);
    expect(assay(repository.folder, "init", "--dry-run").stdout).toContain("# assay.yml\n");
    expect(existsSync(join(repository.folder, "assay.yml"))).toBe(false);
    expect(assay(repository.folder, "init", "--force").status).toBe(0);
    expect(read(repository, ".github/workflows/models.yml")).toContain("uses: assay-ml/assay");
  });

  it("has tables that DVC keeps pulled where they are needed, not before every training", () => {
    const repository = createRepository();
    const pointer = (name: string) => `outs:\n- md5: ${"0".repeat(32)}\n  size: 9\n  hash: md5\n  path: ${name}\n`;
    repository.commit({
      "train.py":
        "import joblib, pandas as pd\nfrom xyz import Model\ndf = pd.read_csv('data/train.csv')\nm = Model().fit(df)\njoblib.dump(m, 'm.pkl')\n",
      "data/train.csv.dvc": pointer("train.csv"),
      "data/test.csv.dvc": pointer("test.csv"),
    });
    assay(repository.folder, "init");
    const written = read(repository, "assay.yml");
    expect(written).toMatch(/^ +data:\n(?: +#.*\n)? +pull: dvc/m);
    expect(written).not.toContain("dvc pull");
  });

  it("leaves what it cannot guess open, so that the file is not valid until a person has written it", () => {
    const repository = createRepository();
    repository.commit({
      "train.py":
        "import joblib, pandas as pd\nfrom xyz import Model\ndf = pd.read_csv('all.csv')\nm = Model().fit(df)\njoblib.dump(m, 'm.pkl')\n",
      "all.csv": rows("bought"),
    });
    const { status, stdout } = assay(repository.folder, "init");
    expect(status).toBe(3);
    expect(stdout).toMatch(/Not finished:/);
    expect(stdout).toMatch(
      /Fill in models\.\S+\.evaluate\.data in assay\.yml: a table of rows with the truth that training never sees, split off all\.csv/,
    );
    expect(stdout).toMatch(
      /Fill in models\.\S+\.evaluate\.target in assay\.yml: the column with the truth, one of size, colour, bought\./,
    );
    expect(read(repository, "assay.yml")).toMatch(/target: # FILL IN\n/);
    const validated = assay(repository.folder, "validate");
    expect(validated.status).toBe(2);
    for (const path of ["task", "evaluate.data", "evaluate.target", "evaluate.predict"]) expect(validated.stderr).toContain(path);
  });

  it("says what to do where nothing trains a model", () => {
    const repository = createRepository();
    repository.commit({ "README.md": "hello", "explore.ipynb": "{}" });
    const { status, stderr } = assay(repository.folder, "init");
    expect(status).toBe(2);
    expect(stderr).toContain("jupyter nbconvert --to script explore.ipynb");
    expect(stderr).toContain("assay init --script train.py");
  });

  it("proposes a model for each folder of a monorepo", () => {
    const repository = createRepository();
    const script =
      "import joblib, pandas as pd\nfrom sklearn.linear_model import LogisticRegression\ndf = pd.read_csv('data/train.csv')\ny = df.pop('bought')\nm = LogisticRegression().fit(df, y)\njoblib.dump(m, 'm.pkl')\n";
    const files = (folder: string) => ({
      [`${folder}/train.py`]: script,
      [`${folder}/data/train.csv`]: rows("bought"),
      [`${folder}/data/test.csv`]: rows("bought"),
    });
    repository.commit({ ...files("models/shoes"), ...files("models/hats") });
    const { stdout } = assay(repository.folder, "init", "--dry-run", "--json");
    const said = JSON.parse(stdout);
    expect(said.models).toEqual(["models/hats", "models/shoes"]);
    expect(said.guesses).toContainEqual(
      expect.objectContaining({ path: "models.models/hats.train.working-directory", value: "models/hats" }),
    );
  });

  it("keeps hostile names of files and columns inside their lines", () => {
    const repository = createRepository();
    const column = "a: [b] # {d} & !t |";
    repository.commit({
      "train.py": `import joblib, pandas as pd\ndf = pd.read_csv("data/train.csv")\ny = df['${column}']\nm.fit(df, y)\njoblib.dump(m, "out dir/m: x.joblib")\n`,
      "data/train.csv": rows(column),
      "data/test.csv": rows(column),
    });
    expect(assay(repository.folder, "init").status).toBe(3);
    const { stderr } = assay(repository.folder, "validate");
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("evaluate.predict")]);
  });
});
