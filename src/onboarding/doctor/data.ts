import { join } from "node:path";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import { findDataIds } from "../../plan/data-ids.ts";
import { readSources } from "../../plan/sources.ts";
import { workTree } from "../../plan/tree.ts";
import { inRepository } from "../../spec/paths.ts";
import type { Model, Spec } from "../../spec/spec.ts";
import { broken, type Finding, fine } from "./finding.ts";

const pointer = "version https://git-lfs.github.com/spec/";
const maxPointerBytes = 1024;

/** Whether declared data has content ids, and the test rows are on this disk. */
export async function checkData(spec: Spec, git: Git, files: Files): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const model of spec.models.values()) {
    findings.push(...(await checkTracked(model, git, files)));
    findings.push(await checkThere(model, git, files));
  }
  return findings;
}

async function checkTracked(model: Model, git: Git, files: Files): Promise<readonly Finding[]> {
  const sources = await readSources(workTree(git, files), model);
  const findings: Finding[] = [];
  const test = inRepository(model, model.evaluate.data);
  const paths = [...model.train.inputs.data.map((path) => inRepository(model, path)), test];
  for (const path of new Set(paths)) {
    const ids = await findDataIds(sources, path);
    // Declared: such a model is trained every time.
    if (ids.kind === "pinned" || (model.data.unpinned === "train" && path !== test)) continue;
    findings.push(
      broken(
        path === test ? "test data tracked" : "training data tracked",
        `${path} of ${model.name} ${ids.why}.`,
        "Track it by git, LFS or DVC, and commit.",
      ),
    );
  }
  return findings.length > 0 ? findings : [fine("data tracked", `The data of ${model.name} has content ids.`)];
}

/** Training data is pulled when something is trained; the test rows are needed every time. */
async function checkThere(model: Model, { root }: Git, files: Files): Promise<Finding> {
  const declared = inRepository(model, model.evaluate.data);
  const path = declared.replace(/\.dvc$/, "");
  const found = await files.stat(join(root, path));
  if (model.data.pull) return fine("test data here", `${path}, the test set of ${model.name}, is pulled when it is needed.`);
  if (!found)
    return broken(
      "test data here",
      `${path}, the test set of ${model.name}, is not on this disk.`,
      declared.endsWith(".dvc")
        ? `\`dvc pull ${declared}\`.`
        : "Pull it (`dvc pull`, `git lfs pull`), make it by the stage that does, or commit it.",
    );
  const isPointer =
    !found.isFolder && found.bytes <= maxPointerBytes && (await files.readText(join(root, path)))?.startsWith(pointer);
  return isPointer
    ? broken(
        "test data here",
        `${path}, the test set of ${model.name}, is a pointer of git LFS, not the file.`,
        `\`git lfs pull --include ${path}\`.`,
      )
    : fine("test data here", `${path}, the test set of ${model.name}, is on this disk.`);
}
