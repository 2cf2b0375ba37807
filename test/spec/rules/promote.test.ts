import { describe, expect, it } from "vitest";
import { command, onlyModel, told } from "../assay-yml.ts";

const promoted = (promote: string) => `${command}    promote: ${promote}\n`;

describe("promotion", () => {
  it("is not declared by itself", () => {
    expect(onlyModel(command).promote).toBeUndefined();
  });

  it("goes to production with one approval where nothing else is said", () => {
    expect(onlyModel(promoted("{}")).promote).toEqual({
      stages: ["production"],
      approvals: new Map([["production", 1]]),
      notByAuthor: true,
      formats: {},
    });
  });

  it("asks for as many approvals as each stage is given", () => {
    const written =
      "{stages: [staging, eu/production], approvals: {eu/production: 2, staging: 0}, not-by-author: false, formats: [onnx], override: {formats: [pickle], reason: The partner reads nothing else.}}";
    expect(onlyModel(promoted(written)).promote).toEqual({
      stages: ["staging", "eu/production"],
      approvals: new Map([
        ["staging", 0],
        ["eu/production", 2],
      ]),
      notByAuthor: false,
      formats: { formats: ["onnx"], override: { formats: ["pickle"], reason: "The partner reads nothing else." } },
    });
  });

  it("is shown on an MLflow server where that is declared", () => {
    const of = (mirrors: string) => onlyModel(promoted(`{mirrors: ${mirrors}}`)).promote?.mlflow;
    expect(of("{mlflow: {}}")).toEqual({ url: undefined, registeredModel: "fraud", experiment: "assay" });
    expect(of("{mlflow: {url: https://mlflow.localhost/ml, registered-model: Risk 2.0, experiment: /risk/ci}}")).toEqual({
      url: "https://mlflow.localhost/ml",
      registeredModel: "Risk 2.0",
      experiment: "/risk/ci",
    });
  });

  it.each([
    ["{stages: []}", /a list of at least 1 stages/],
    ["{stages: [a, b, a]}", /"a" is there already\. Keep one of them\.$/],
    ["{stages: [production!]}", /"production!" is not the name of a stage\./],
    ["{stages: [staging], approvals: {stagign: 1}}", /"stagign" is not one of the model's stages\. Did you mean staging\?$/],
    ["{approvals: {qa: 1}}", /"qa" is not one of the model's stages\. Write one of production, or add it to stages\.$/],
    ["{mirrors: {mlflow: {url: 'https://ci:pw@mlflow.localhost'}}}", /an address without a password/],
    ["{mirrors: {mlflow: {registered-model: a/b}}}", /"a\/b" is not a name that MLflow takes for a model/],
    ["{mirrors: {}}", /mlflow/],
    ["{stages: [a/b, a-b], mirrors: {mlflow: {}}}", /MLflow would call a\/b and a-b the same: a-b\. Rename one of them\.$/],
    ["{stages: [v2], mirrors: {mlflow: {}}}", /MLflow takes no alias v2, .*Rename the stage\.$/],
    ["{approvals: {production: -1}}", /-1 is not a whole number from 0 to 20\./],
    ["{not-by-author: maybe}", /"maybe" is not true or false\./],
    ["{card: ../CARD.md}", /below the working directory/],
    ["{formats: [pickle]}", /"pickle" is not a format\. Write one of catboost, /],
    ["{override: {formats: [pickle]}}", /reason/],
    ["{override: {formats: [pickle], reason: '  '}}", /is not a reason\. Write for example/],
  ])("with %s is told what is wrong", (written, message) => {
    expect(told(promoted(written))).toEqual([expect.stringMatching(message)]);
  });
});
