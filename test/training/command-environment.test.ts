import { describe, expect, it } from "vitest";
import { commandEnvironment } from "../../src/training/command-environment.ts";

describe("the environment of a user's command", () => {
  it("has what programs and GPUs need, and nothing of the job's", () => {
    const needed = {
      PATH: "/bin",
      HOME: "/home/u",
      LC_ALL: "C",
      CUDA_HOME: "/cuda",
      NVIDIA_VISIBLE_DEVICES: "all",
      PYTHONPATH: "lib",
    };
    const jobs = {
      GITHUB_TOKEN: "t",
      GITHUB_SHA: "s",
      ACTIONS_RUNTIME_TOKEN: "t",
      INPUT_TOKEN: "t",
      NPM_TOKEN: "t",
      AWS_SECRET_ACCESS_KEY: "k",
      NODE_OPTIONS: "-r x",
    };
    expect(commandEnvironment({ environment: { ...needed, ...jobs }, declared: {} })).toEqual(needed);
  });

  it("leaves out secrets whose names begin like a tool's", () => {
    const environment = { CONDA_TOKEN: "t", PYTHON_API_KEY: "k", NVIDIA_PASSWORD: "p", CONDA_PREFIX: "/conda" };
    expect(commandEnvironment({ environment, declared: {} })).toEqual({ CONDA_PREFIX: "/conda" });
  });

  it("has the declared variables, secrets too, but never the runner's own", () => {
    const declared = { HF_TOKEN: "declared", ACTIONS_RUNTIME_TOKEN: "t", GITHUB_TOKEN: "t", input_x: "t" };
    expect(commandEnvironment({ environment: {}, declared })).toEqual({ HF_TOKEN: "declared" });
  });

  it("lets nothing replace what Assay tells the command", () => {
    const request = { environment: { ASSAY_SEED: "1" }, declared: { ASSAY_SEED: "2" }, assay: { ASSAY_SEED: "3" } };
    expect(commandEnvironment(request)).toEqual({ ASSAY_SEED: "3" });
  });
});
