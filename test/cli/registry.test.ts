import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRepository } from "../git/repository.ts";
import { assay } from "./assay.ts";

function registryOfTwo() {
  const repository = createRepository();
  const tag = (name: string, date: string, commit: string) => {
    repository.write(
      ".git/made",
      `object ${commit}\ntype commit\ntag ${name}\ntagger Ann <ann@example.com> ${date.includes(" ") ? date : `${date} +0200`}\n\n${name}\n`,
    );
    repository.git("update-ref", `refs/tags/${name}`, repository.git("hash-object", "-t", "tag", "-w", ".git/made"));
  };
  const [first, second] = [repository.commit(), repository.commit()];
  tag("fraud@v1.0.0", "1777886400", first);
  tag("fraud@v1.1.0", "1777886500", second);
  tag("fraud#production#1", "1777886600", second);
  tag("fraud#production#2", "1777886700", first);
  tag("old@v0.1.0", "1777886400", first);
  tag("old@deprecated#1", "4777886800", first);
  return { ...repository, tag, first, second };
}

describe("assay registry", () => {
  it("shows models, versions and stages, and JSON as GTO has it", () => {
    const { folder } = registryOfTwo();
    expect(assay(folder, "registry", "show").stdout).toBe(
      ["| model | latest | #production |", "| :---- | :----- | :---------- |", "| fraud | v1.1.0 | v1.0.0      |", ""].join("\n"),
    );
    expect(JSON.parse(assay(folder, "registry", "show", "--json").stdout)).toEqual({
      fraud: { version: "v1.1.0", stage: { production: "v1.0.0" }, registered: true, active: true },
    });
    expect(Object.keys(JSON.parse(assay(folder, "registry", "show", "--json", "--deprecated").stdout))).toEqual(["old", "fraud"]);
    expect(JSON.parse(assay(folder, "registry", "show", "fraud", "--json").stdout)[1]).toMatchObject({
      ...{ version: "v1.0.0", stages: ["production"], active: true, created_at: "2026-05-04T11:20:00+02:00", author: "Ann" },
      ref: "fraud@v1.0.0",
    });
    const versions = assay(folder, "registry", "show", "fraud").stdout;
    expect(versions).toMatch(/^\| v1\.1\.0 +\| +\| 2026-05-04 \| Ann \|/m);
    expect(versions).toMatch(/^\| v1\.0\.0 +\| production \| 2026-05-04 \| Ann \|/m);
  });

  it("shows what dvc.yaml says of a model, and where that is broken", () => {
    const { folder, write, commit } = registryOfTwo();
    write("dvc.yaml", "artifacts:\n  fraud: {path: model.onnx, type: model, desc: Finds fraud, labels: [eu]}\n");
    commit();
    expect(JSON.parse(assay(folder, "registry", "show", "--json").stdout).fraud).toEqual({
      ...{ version: "v1.1.0", stage: { production: "v1.0.0" }, registered: true, active: true },
      annotation: { path: "model.onnx", type: "model", desc: "Finds fraud", labels: ["eu"] },
    });
    expect(assay(folder, "registry", "show", "fraud").stdout).toMatch(/^model\.onnx, a model: Finds fraud \(eu\)\n\n\| version/);
    write("dvc.yaml", "artifacts:\n  fraud: {type: model}\n");
    commit();
    const { status, stdout, stderr } = assay(folder, "registry", "show");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("dvc.yaml:2 artifacts.fraud.path: ");
  });

  it("tells what happened, newest first, of one model or of all", () => {
    const { folder, first } = registryOfTwo();
    const history = JSON.parse(assay(folder, "registry", "history", "fraud", "--json").stdout);
    expect(history.map(({ ref }: { ref: string }) => ref)).toEqual([
      ...["fraud#production#2", "fraud#production#1", "fraud@v1.1.0", "fraud@v1.0.0"],
    ]);
    expect(history[0]).toMatchObject({
      timestamp: "2026-05-04T11:25:00+02:00",
      version: "v1.0.0",
      stage: "production",
      commit: first,
    });
    expect(assay(folder, "registry", "history", "--ascending").stdout).toMatch(/^\| 2026-05-04 09:20 \| fraud/m);
  });

  it("says what a tag did, and nothing of others", () => {
    const { folder } = registryOfTwo();
    expect(assay(folder, "registry", "check-ref", "refs/tags/fraud#production#2").stdout).toBe(
      "assignment of fraud, stage production, v1.0.0\n",
    );
    const none = assay(folder, "registry", "check-ref", "v1.0.0", "--json");
    expect([none.status, none.stdout]).toEqual([0, ""]);
  });

  it("names the models there are when it is asked for another", () => {
    const { folder } = registryOfTwo();
    const unknown = assay(folder, "registry", "show", "frud");
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toBe('No annotated tag is about the model "frud". Here are: fraud, old.\n');
    expect(assay(folder, "registry", "history", "a b").stderr).toContain('"a b" is no name of a model.');
  });

  it("says that one commit has two versions, and takes a stage there for none of them", () => {
    const { folder, first, git, write } = registryOfTwo();
    for (const name of ["fraud@v1.0.1", "fraud#staging#3"]) {
      write(".git/made", `object ${first}\ntype commit\ntag ${name}\ntagger A <a@example.com> 1777886900 +0000\n\nx\n`);
      git("update-ref", `refs/tags/${name}`, git("hash-object", "-t", "tag", "-w", ".git/made"));
    }
    const shown = assay(folder, "registry", "show", "--json");
    expect(shown.stderr).toContain("fraud#staging#3 stands for no version: v1.0.0 and v1.0.1 of fraud are the same commit.");
    expect(JSON.parse(shown.stdout).fraud.stage).not.toHaveProperty("staging");
  });

  it.each(["99999999999999", "-62135600000", "1777886400 +9999", "253402300799 +1200"])(
    "does not count a tag that is dated %s, and tells of the others",
    (date) => {
      const { folder, tag, first } = registryOfTwo();
      tag("fraud@v9.0.0", date, first);
      for (const asked of [["show"], ["show", "fraud"], ["history"], ["page", "--output", "page.html"]]) {
        const { status, stdout, stderr } = assay(folder, "registry", ...asked);
        expect([status, stdout.includes("v9.0.0")], asked.join(" ")).toEqual([0, false]);
        expect(stderr).toMatch(
          /fraud@v9\.0\.0 does not count: its tagger's time is no date\. Delete it, and tag [0-9a-f]{7} again/,
        );
      }
      expect(assay(folder, "registry", "check-ref", "fraud@v9.0.0")).toMatchObject({ status: 0, stdout: "" });
    },
  );

  it("says how to get tags where there are none", () => {
    const repository = createRepository();
    const { status, stdout } = assay(repository.folder, "registry", "show");
    expect([status, stdout]).toEqual([0, "No model has an annotated tag here. `git fetch --tags` brings those of the remote.\n"]);
  });

  it("writes the registry as a page, of tags alone where there is no token, and its data", () => {
    const { folder, first } = registryOfTwo();
    const { status, stderr } = assay(folder, "registry", "page", "--output", "site/index.html");
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/^From tags alone: .*\nWrote site\/index\.html\n$/);
    expect(readFileSync(join(folder, "site", "index.html"), "utf8")).toContain("<b>v1.0.0</b> came into <b>production</b>");
    const { stdout } = assay(folder, "registry", "page", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "assay.registry/v1",
      models: [
        {
          ...{ name: "fraud", active: true, latest: "v1.1.0" },
          stages: [{ stage: "production", now: { version: "v1.0.0", since: "2026-05-04T09:25:00.000Z", by: "Ann" } }],
          versions: [{ version: "v1.1.0" }, { version: "v1.0.0", commit: first, stages: ["production"] }],
        },
        { name: "old", active: false },
      ],
    });
    expect(existsSync(join(folder, "registry.html"))).toBe(false);
    expect(assay(folder, "registry", "page", "--output", "page.txt").stderr).toMatch(/^--output: "page\.txt" must end in \.html/);
  });
});
