import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScript } from "../../../src/onboarding/init/script.ts";
import { pathsIn } from "../../../src/onboarding/init/script-paths.ts";

const paths = (text: string) => pathsIn(text).map(({ path }) => path);

describe("the paths that a script spells", () => {
  it.each([
    [`pd.read_csv("data/a.csv")`, "data/a.csv"],
    [`DIR = "data"\npd.read_csv(os.path.join(DIR, "sub", "a.csv"))`, "data/sub/a.csv"],
    [`DIR = Path("data")\npd.read_csv(DIR / "a.csv")`, "data/a.csv"],
    [`ROOT = Path(__file__).resolve().parents[1]\nDATA = ROOT / "data"\npd.read_csv(DATA / "a.csv")`, "<script>/../data/a.csv"],
    [`ROOT = Path(__file__).parent.parent\npd.read_csv(ROOT / "a.csv")`, "<script>/../a.csv"],
    [`out = 'models'\njoblib.dump(m, f"{out}/m.pkl")`, "models/m.pkl"],
    [`df <- read.csv(file.path("data", "a.csv"))`, "data/a.csv"],
    [`const rows = await read(path.join(__dirname, "a.csv"));`, "<script>/a.csv"],
  ])("%s", (text, path) => {
    expect(paths(text)).toContain(path);
  });

  it("leave out addresses, and what is only known while it runs", () => {
    expect(paths(`get("https://example.com/a.csv"); open(f"{run_id}/m.pkl"); join(args.dir, "b.csv")`)).toEqual(["b.csv"]);
  });

  it("never fail, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: fc.constantFrom(..."abP(){}[]'\"/.=,<-\\\n f_0#~$") }),
        (text) => void readScript("a.py", text),
      ),
    );
  });
});

describe("what a script is seen to do", () => {
  it("finds the model that R saves, and the truth in its formula", () => {
    const script = readScript(
      "fit.R",
      'd <- read.csv("train.csv")\nm <- glm(bought ~ ., data = d, family = binomial)\nsaveRDS(m, "m.rds")\n',
    );
    expect(script).toMatchObject({
      language: "r",
      fits: true,
      targets: ["bought"],
      task: "classification",
      models: { written: ["m.rds"] },
    });
  });

  it("finds the folder that TensorFlow.js saves to", () => {
    const script = readScript("train.mjs", "await model.fit(xs, ys, { epochs: 3 });\nawait model.save('file://./out/net');\n");
    expect(script).toMatchObject({ language: "javascript", fits: true, models: { written: ["./out/net"] } });
  });

  it("tells a model that is loaded from one that is saved", () => {
    const script = readScript("predict.py", 'import joblib\nm = joblib.load("m.pkl")\nprint(m.predict(rows))\n');
    expect(script).toMatchObject({ fits: false, predicts: true, models: { written: [], read: ["m.pkl"] } });
  });

  it.each([
    [
      "predict.R",
      "args <- commandArgs(trailingOnly = TRUE)\nm <- readRDS(args[1])\nwrite.csv(predict(m, read.csv(args[2])), args[3])\n",
    ],
    ["predict.py", "m = joblib.load(sys.argv[1])\nout = m.predict(pd.read_csv(sys.argv[2]))\nout.to_csv(sys.argv[3])\n"],
    ["predict.py", "model, rows, out = sys.argv[1:4]\n"],
    ["predict.mjs", "const [model, data, out] = process.argv.slice(2);\n"],
    ["predict.mjs", "const model = process.argv[2];\nconst data = process.argv[3];\nconst out = process.argv[4];\n"],
  ])("knows what the positions on its command line are for: %s %j", (path, text) => {
    expect(readScript(path, text).arguments.map(({ role }) => role)).toEqual(["model", "data", "out"]);
  });

  it("knows calls that only IPython has", () => {
    expect(readScript("a.py", "# In[1]:\nget_ipython().system('pip install x')\n").notebook).toEqual({
      cells: true,
      ipython: true,
    });
  });

  it("does not take code that is commented out for code", () => {
    expect(readScript("a.py", '# m.fit(x)\n# joblib.dump(m, "m.pkl")\n')).toMatchObject({ fits: false, models: { written: [] } });
  });

  it.each([
    ["y = df['a']", "a"],
    ["y_train = (train_df['a'] == 'x').astype(int)", "a"],
    ["X = df.drop(columns=['a'])", "a"],
    ["X = df.drop('a', axis=1)", "a"],
    ["LABEL = 'a'\ny = df[LABEL]", "a"],
    ["y = df.a.values", "a"],
    ["y = df.pop('a')", "a"],
  ])("finds the truth in %s", (text, column) => {
    expect(readScript("a.py", text).targets[0]).toBe(column);
  });
});
