import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../src/evidence/digest.ts";
import { createFolderJobFiles } from "../../src/flows/folder-job-files.ts";
import {
  evidenceFileName,
  type JobFiles,
  partialFilesName,
  predictionsFilesName,
  runFilesName,
} from "../../src/flows/job-files.ts";
import { files } from "../git/repository.ts";

let folder: string;
let jobFiles: JobFiles;
const at = (...parts: string[]) => join(folder, ...parts);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-job-files-"));
  jobFiles = createFolderJobFiles(files, at("runs"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("job files in a folder", () => {
  it("gives back what was kept, sub-folders included", async () => {
    await files.write(at("in", "evidence.json"), "{}");
    await files.write(at("in", "model", "a", "weights.bin"), "weights");
    await jobFiles.keep("run", at("in"));
    expect(await jobFiles.fetch("run", at("out"))).toBe(true);
    expect(await files.list(at("out"))).toEqual(["evidence.json", "model/a/weights.bin"]);
    expect(await files.readText(at("out", "model", "a", "weights.bin"))).toBe("weights");
  });

  it("replaces what an earlier attempt kept: no file of it remains", async () => {
    await files.write(at("first", "old.txt"), "old");
    await files.write(at("second", "new.txt"), "new");
    await jobFiles.keep("run", at("first"));
    await jobFiles.keep("run", at("second"));
    await jobFiles.fetch("run", at("out"));
    expect(readdirSync(at("out"))).toEqual(["new.txt"]);
  });

  it("says that there is nothing of a name, without making a folder", async () => {
    expect(await jobFiles.fetch("run", at("out"))).toBe(false);
    const inputHash = digestOf("run");
    expect(await jobFiles.fetchFrom({ kind: "store", inputHash, origin: "the ledger" }, at("out"))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("fetches what an earlier run kept, by its name", async () => {
    await files.write(at("in", "evidence.json"), "{}");
    await jobFiles.keep("assay-run-a", at("in"));
    const run = { kind: "artifact", inputHash: digestOf("run"), artifactName: "assay-run-a", origin: "here" } as const;
    expect(await jobFiles.fetchFrom(run, at("out"))).toBe(true);
    expect(readdirSync(at("out"))).toEqual(["evidence.json"]);
  });
});

describe("names of job files", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}(\/[A-Za-z0-9_][A-Za-z0-9._-]{0,20}){0,2}$/);
  const inputHash = digestOf("inputs");
  const all = [
    (model: string) => evidenceFileName(model, inputHash),
    predictionsFilesName,
    (model: string) => runFilesName(model, inputHash),
    (model: string) => partialFilesName(model, inputHash),
  ];

  it("are names that artifacts can have, for every model name", () => {
    fc.assert(
      fc.property(name, (model) => {
        for (const make of all) expect(make(model)).toMatch(/^[A-Za-z0-9._~-]+$/);
      }),
    );
  });

  it("differ for different models and different purposes", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 5 }), (models) => {
        const names = models.flatMap((model) => all.map((make) => make(model)));
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
