import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { createRepository, type Repository } from "../git/repository.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures", "onboarding");
const examples = join(import.meta.dirname, "..", "..", "examples");

/** In place of TensorFlow, for `PYTHONPATH`. */
export const standIns = join(fixtures, "stand-ins");

/** A repository whose files know nothing of Assay, with real data, committed. */
export function foreignRepository(name: "scikit-learn" | "dvc" | "keras"): Repository {
  const repository = createRepository();
  cpSync(join(fixtures, name), repository.folder, { recursive: true });
  renameSync(join(repository.folder, "gitignore"), join(repository.folder, ".gitignore"));
  const tumours = (path: string) => readFileSync(join(examples, "breast-cancer-python", "data", path), "utf8");
  const penguins = (path: string) => readFileSync(join(examples, "penguins", "data", path), "utf8");
  if (name === "scikit-learn") {
    repository.write("data/train.csv", penguins("penguins.csv"));
    repository.write("data/test.csv", penguins("penguins-test.csv"));
  } else if (name === "keras") {
    repository.write("input/train.csv", tumours("train.csv"));
    repository.write("input/test.csv", tumours("test.csv"));
  } else {
    repository.write("data/raw/tumours.csv", tumours("train.csv") + tumours("test.csv").replace(/^.*\n/, ""));
  }
  repository.commit();
  return repository;
}

/** `dvc.lock` as DVC writes it of a folder that a stage made. */
export function lockFolder(repository: Repository, stage: string, folder: string): void {
  const files = readdirSync(join(repository.folder, folder)).sort();
  const md5 = (content: string | Buffer) => createHash("md5").update(content).digest("hex");
  // As Python writes JSON.
  const listing = files.map(
    (name) => `{"md5": "${md5(readFileSync(join(repository.folder, folder, name)))}", "relpath": "${name}"}`,
  );
  repository.write(
    "dvc.lock",
    `schema: '2.0'\nstages:\n  ${stage}:\n    cmd: unchanged\n    outs:\n    - path: ${folder}\n      hash: md5\n      md5: ${md5(`[${listing.join(", ")}]`)}.dir\n      nfiles: ${files.length}\n`,
  );
  repository.remove(folder);
  repository.commit();
}
