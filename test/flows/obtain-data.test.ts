import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureOf } from "../../src/flows/failure.ts";
import { hasContent } from "../../src/plan/stored-content.ts";
import { files, temporaryFolder } from "../git/repository.ts";
import { skipWithout } from "../requirements.ts";
import { createWorkplace, setParam, type Workplace } from "./workplace.ts";

const installed = join(import.meta.dirname, "..", "..", ".cache", "dvc", "bin");
const path = [installed, process.env["PATH"]].join(delimiter);
const withDvc = { ...process.env, PATH: path, DVC_NO_ANALYTICS: "1" };

function missing(program: string): string | undefined {
  try {
    execFileSync(program, ["version"], { env: withDvc, stdio: "ignore" });
    return undefined;
  } catch {
    return `there is no ${program}`;
  }
}
const noDvc = skipWithout("dvc", "tests that pull data with DVC", missing("dvc"));
const noLfs = skipWithout("git-lfs", "tests that pull data with git LFS", missing("git-lfs"));

/** Training data that has to be there, with a line of its own in the log. */
const readsData = (text: string) =>
  `import { readFileSync as read } from "node:fs";\nconsole.log("rows", read("data/train.csv", "utf8").split("\\n").length);\n${text}`;
const pulls = (how: string) => (text: string) => text.replace("    gates:", `    data: {pull: ${how}}\n    gates:`);

describe.skipIf(noDvc)("data in DVC, with pull: dvc", { timeout: 240_000 }, () => {
  const dvc = (folder: string, ...args: string[]) => execFileSync("dvc", args, { cwd: folder, env: withDvc, stdio: "pipe" });
  const remotes = temporaryFolder();
  const pointers = join(remotes, "pointers");
  const tracked = [".dvc/config", ".dvc/.gitignore", "data/.gitignore", "data/train.csv.dvc", "data/test.csv.dvc"];

  let made: Promise<void> | undefined;

  /** Once, since each call of DVC takes a second. */
  async function makePointers(): Promise<void> {
    const { repository } = await createWorkplace();
    const { folder } = repository;
    dvc(folder, "init", "--quiet");
    dvc(folder, "remote", "add", "--quiet", "--default", "store", join(remotes, "store"));
    repository.git("rm", "--quiet", "--cached", "data/train.csv", "data/test.csv");
    dvc(folder, "add", "--quiet", "data/train.csv", "data/test.csv");
    dvc(folder, "push", "--quiet");
    for (const name of tracked) await files.copy(join(folder, name), join(pointers, name));
  }

  /** The fixture with its data in DVC, on a remote and not here. */
  async function createPlace(how = "dvc") {
    made ??= makePointers();
    await made;
    const place = await createWorkplace();
    place.machine.environment = { PATH: path, DVC_NO_ANALYTICS: "1", HOME: place.folder };
    place.repository.git("rm", "--quiet", "data/train.csv", "data/test.csv");
    for (const name of tracked) await files.copy(join(pointers, name), join(place.repository.folder, name));
    const first = await place.edit({ "assay.yml": pulls(how), "train.mjs": readsData });
    return { ...place, first };
  }

  it("is pulled to train and to score, each what it needs, and not again", async () => {
    const place = await createPlace();
    const { plan } = await place.planOf(place.first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "completed" }]);
    expect(place.output()).toMatch(/rows \d\d+/);
    expect(existsSync(join(place.repository.folder, "data/test.csv"))).toBe(false);
    const evidence = await place.evaluate(plan);
    expect(evidence.evaluations).toMatchObject([{ testSet: { path: "data/test.csv", rows: 400 } }]);
    await place.evaluate(plan);
    expect(place.lines.filter((line) => line.startsWith("Pulling"))).toEqual([
      "Pulling data of threshold: data/train.csv",
      "Pulling data of threshold: data/test.csv",
    ]);
  });

  it("is pulled for the baseline too, as its own commit names it, and for base's test rows", async () => {
    const place = await createPlace();
    const { folder } = place.repository;
    dvc(folder, "pull", "--quiet");
    for (const name of ["data/train.csv", "data/test.csv"]) {
      const rows = readFileSync(join(folder, name), "utf8").split("\n");
      writeFileSync(join(folder, name), rows.slice(0, rows.length / 2).join("\n"));
    }
    dvc(folder, "add", "--quiet", "data/train.csv", "data/test.csv");
    const head = await place.edit(setParam("threshold", 50));
    dvc(folder, "push", "--quiet");
    for (const gone of [".dvc/cache", "data/train.csv", "data/test.csv"]) rmSync(join(folder, gone), { recursive: true });
    const { trained, evidence } = await place.run(head, place.first);
    expect(trained.map((run) => failureOf(run))).toEqual([undefined, undefined]);
    expect(place.output().match(/^rows \d+$/gm)).toHaveLength(2);
    expect(new Set(place.output().match(/^rows \d+$/gm)).size).toBe(2);
    expect(evidence.evaluations.map(({ role, testSet }) => [role, testSet.rows])).toEqual([
      ["current", 200],
      ["base", 400],
    ]);
  });

  it("is not trained on when it is not what was planned", async () => {
    const place = await createPlace(`"printf 'x,label\\\\n1,1\\\\n' | tee data/train.csv > data/test.csv"`);
    const { plan } = await place.planOf(place.first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "failed" }]);
    expect(trained?.trainings[0]?.message).toMatch(
      /^threshold: data\/train\.csv is not what the commit names, which is dvc:md5:[0-9a-f]{32}, also after data\.pull\. Bring that/,
    );
    expect(place.output()).not.toContain("training with");
  });

  it("is not scored on when it is not what was planned, whoever put it there", async () => {
    const place = await createPlace();
    const { plan } = await place.planOf(place.first, null);
    await place.train(plan);
    const head = await place.edit({ "assay.yml": (text) => text.replace("    data: {pull: dvc}\n", "") });
    writeFileSync(join(place.repository.folder, "data/test.csv"), "id,x,label\n1,2,1\n");
    const evidence = await place.evaluate((await place.planOf(head, null)).plan);
    expect(evidence.evaluationFailure?.message).toMatch(/^threshold: data\/test\.csv is not what the commit names/);
  });

  it("says so when the remote does not have it", async () => {
    const place = await createPlace();
    writeFileSync(join(place.repository.folder, ".dvc/config"), `['remote "store"']\nurl = ${place.folder}/none\n`);
    const { plan } = await place.planOf(place.first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "failed", exitCode: 1 }]);
    expect(trained?.trainings[0]?.message).toMatch(/^The command of data\.pull exited with code 1/);
  });

  it("gets the declared variables alone", async () => {
    const place = await createPlace(`"env > environment.txt && dvc pull"`);
    await place.edit({ "assay.yml": (text) => text.replace("      timeout: 5m", "      timeout: 5m\n      env: [STORE_KEY]") });
    const { plan } = await place.planOf(place.repository.git("rev-parse", "HEAD"), null);
    const environment = { ...place.machine.environment, STORE_KEY: "1", GITHUB_TOKEN: "2", OTHER: "3" };
    const [trained] = await place.train(plan, { environment });
    expect(trained?.trainings).toMatchObject([{ outcome: "completed" }]);
    const seen = readFileSync(join(place.repository.folder, "environment.txt"), "utf8");
    expect(seen).toMatch(/^STORE_KEY=1$/m);
    expect(seen).not.toMatch(/GITHUB_TOKEN|OTHER/);
  });

  it("has the content ids that DVC gives files and folders", async () => {
    const place = await createWorkplace();
    dvc(place.repository.folder, "init", "--quiet");
    const names = ["B.txt", "a.txt", 'sub/q"\\.txt', "sub/ü😀.txt", "sub.txt", "ﬁ.txt", "😀.txt"];
    for (const name of names) place.repository.write(`folder/${name}`, `${name}\r\n`);
    dvc(place.repository.folder, "add", "--quiet", "folder");
    const id = /md5: (\S+)/.exec(readFileSync(join(place.repository.folder, "folder.dvc"), "utf8"))?.[1];
    expect(id).toMatch(/\.dir$/);
    const folder = join(place.repository.folder, "folder");
    expect(await hasContent(files, folder, `dvc:md5:${id}`)).toBe(true);
    // As DVC places files with `cache.type: symlink`.
    rmSync(join(folder, "a.txt"));
    writeFileSync(join(place.folder, "cached"), "a.txt\r\n");
    symlinkSync(join(place.folder, "cached"), join(folder, "a.txt"));
    expect(await hasContent(files, folder, `dvc:md5:${id}`)).toBe(true);
    writeFileSync(join(folder, "more.txt"), "");
    expect(await hasContent(files, folder, `dvc:md5:${id}`)).toBe(false);
  });
});

describe("training data in LFS that nobody pulled", () => {
  it("is not trained on as the pointer that it is, and the message says what brings it", async () => {
    const place = await createWorkplace();
    const id = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${id}\nsize 12345\n`;
    const first = await place.edit({ "data/train.csv": () => pointer, "train.mjs": readsData });
    const { plan } = await place.planOf(first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "failed" }]);
    expect(trained?.trainings[0]?.message).toContain(
      `data/train.csv is not what the commit names, which is lfs:sha256:${id}. Let \`data: { pull: lfs }\` bring that content`,
    );
    expect(place.output()).toBe("");
  });
});

describe("what DVC 2 recorded", () => {
  it("is a text as if its lines ended in LF", async () => {
    const file = join(temporaryFolder(), "train.csv");
    writeFileSync(file, "a,b\r\n1,2\r\n");
    // printf 'a,b\n1,2\n' | md5sum
    expect(await hasContent(files, file, "dvc:md5:e5ebd4c02cefbe7955977c67ada242b7")).toBe(true);
    writeFileSync(file, "a,b\r\n1,3\r\n");
    expect(await hasContent(files, file, "dvc:md5:e5ebd4c02cefbe7955977c67ada242b7")).toBe(false);
  });
});

describe.skipIf(noLfs)("data in git LFS, with pull: lfs", () => {
  /** The fixture with its data in LFS, as a clone without LFS has it; `others` is a file that no model names. */
  async function createPlace(edits: Parameters<Workplace["edit"]>[0] = {}) {
    const place = await createWorkplace();
    const { repository } = place;
    const origin = join(place.folder, "origin.git");
    execFileSync("git", ["init", "--quiet", "--bare", origin]);
    repository.git("remote", "add", "origin", `file://${origin}`);
    repository.git("lfs", "install", "--local");
    repository.git("lfs", "track", "*.csv");
    repository.git("rm", "--quiet", "--cached", "data/train.csv", "data/test.csv");
    repository.write("other/big.csv", "1\n");
    const first = await place.edit({ "assay.yml": pulls("lfs"), "train.mjs": readsData, ...edits });
    repository.git("push", "--quiet", "origin", "main");
    rmSync(join(repository.folder, ".git", "lfs", "objects"), { recursive: true });
    for (const name of ["data/train.csv", "data/test.csv", "other/big.csv"])
      repository.write(name, `${repository.git("cat-file", "blob", `HEAD:${name}`)}\n`);
    return { ...place, first };
  }
  const isPointer = (place: Workplace, name: string) =>
    readFileSync(join(place.repository.folder, name), "utf8").startsWith("version https://git-lfs");

  it("is pulled to train and to score, and nothing else is", async () => {
    const place = await createPlace();
    const { plan } = await place.planOf(place.first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "completed" }]);
    expect(["data/train.csv", "data/test.csv", "other/big.csv"].map((name) => isPointer(place, name))).toEqual([
      false,
      true,
      true,
    ]);
    const evidence = await place.evaluate(plan);
    expect(evidence.evaluations).toMatchObject([{ testSet: { rows: 400 } }]);
    expect(isPointer(place, "other/big.csv")).toBe(true);
  });

  it("is pulled for the baseline in its own work tree", async () => {
    const place = await createPlace();
    const head = await place.edit(setParam("threshold", 50));
    const { trained } = await place.run(head, place.first);
    expect(trained.map((run) => failureOf(run))).toEqual([undefined, undefined]);
    expect(place.output().match(/^rows \d\d+$/gm)).toHaveLength(2);
  });

  it("says so when the server does not have it", async () => {
    const place = await createPlace();
    rmSync(join(place.folder, "origin.git", "lfs"), { recursive: true });
    const { plan } = await place.planOf(place.first, null);
    const [trained] = await place.train(plan);
    expect(trained?.trainings).toMatchObject([{ outcome: "failed" }]);
    expect(trained?.trainings[0]?.message).toMatch(/^git LFS could not pull data\/train\.csv: /);
  });
});
