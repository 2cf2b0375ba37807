import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examplePath } from "../../src/demo/team.ts";
import { skipWithout } from "../requirements.ts";
import { createTeam, type Team } from "./team.ts";

const python = spawnSync("python", ["-c", "import sklearn, skl2onnx"], { encoding: "utf8" });
const skip = skipWithout(
  "python",
  "the Python example",
  python.status === 0 ? undefined : "python with the packages of examples/breast-cancer-python/requirements.txt was not found.",
);

describe.skipIf(skip)("the Python example", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam({ example: examplePath("breast-cancer-python") });
    const first = await team.pushMain("First model");
    expect(first.report.exitCode, first.report.log + first.train.get("tumour")?.log).toBe(0);
  }, 300_000);
  afterAll(() => team?.close());

  it("trains scikit-learn, scores its ONNX model, and passes a change that makes it better", async () => {
    const { train, comment, check } = await team.openAndRun("Look at the worst cells too", {
      "params.yaml": (text: string) =>
        text.replace("features: [", "features: [worst_radius, worst_texture, worst_concave_points, "),
    });
    expect(train.get("tumour")?.exitCode, train.get("tumour")?.log).toBe(0);
    expect(check?.conclusion, comment).toBe("success");
    expect(comment).toMatch(/param changed: train\.features/);
    expect(comment).toMatch(/\| ROC-AUC.*✅ pass/);
  }, 300_000);

  it("blocks a change that makes it worse", async () => {
    const { comment, check } = await team.openAndRun("One measurement is enough", {
      "params.yaml": (text: string) => text.replace(/features: \[.*\]/, "features: [mean_symmetry]"),
    });
    expect(check?.conclusion, comment).toBe("failure");
    expect(comment).toMatch(/❌ fail/);
  }, 300_000);
});
