import { dirname, join } from "node:path";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import { digestOf, shortDigest } from "../evidence/digest.ts";
import type { Files } from "../files/files.ts";
import type { Processes } from "../processes/processes.ts";
import type { PinnedPackage } from "./pinned.ts";

/** The machine as far as an installation needs it. */
export interface Workshop {
  files: Files;
  processes: Processes;
  /** Kept between jobs, and written by whoever runs on this machine: nothing in it is believed. */
  cacheFolder: string;
  /** `linux-x64`. */
  platform: string;
  /** The program that runs npm, and the arguments before npm's own; undefined: there is none. */
  npm: readonly [file: string, ...args: string[]] | undefined;
  /** Of the process: npm finds its registry, proxy and certificates there. */
  environment: Readonly<Record<string, string | undefined>>;
  progress: (line: string) => void;
}

/**
 * A fresh folder of this job that holds the package's pinned files and nothing else, each checked against the list of this
 * release: copied from the machine's cache, or installed where the cache lacks one or has it changed. What is loaded is the
 * checked copy, never the cache, since every job of this machine can write there.
 * @returns the folder with `node_modules`
 * @throws UsageError where the platform is not pinned or there is no npm, MissingDataError when the registry gives other files
 */
export async function obtainPinned(pinned: PinnedPackage, workshop: Workshop): Promise<string> {
  const { files, cacheFolder, platform, progress } = workshop;
  const expected = pinned.platforms[platform];
  if (expected === undefined)
    throw new UsageError(
      `${pinned.name} is pinned for ${Object.keys(pinned.platforms).join(", ")}, and this runner is ${platform}. ` +
        "Choose another runner, or install the package beside Assay.",
    );
  const folder = await files.makeTemporaryFolder("assay-natives-");
  // Another lock or platform is another folder.
  const identity = shortDigest(digestOf(`${platform}\n${pinned.lock}\n${JSON.stringify(expected)}`), 16);
  const cached = join(cacheFolder, "assay-natives", `${pinned.name.replace(/^@/, "").replaceAll("/", "-")}-${identity}`);

  const problem = await copyChecked(cached, folder, expected, files);
  if (problem === undefined) return folder;
  if (problem.kind === "changed")
    progress(`${pinned.name}: ${problem.path} in ${cached} is not what this release of Assay pins, so nothing there is used.`);
  progress(`Installing ${pinned.name} for ${platform}`);
  await files.remove(folder);
  const installed = await install(pinned, workshop);
  const wrong = await copyChecked(installed, folder, expected, files);
  if (wrong)
    throw new MissingDataError(
      `${pinned.name}: ${wrong.path} as npm installed it is ${wrong.kind === "changed" ? "another file than" : "missing, unlike what"} ` +
        "this release of Assay pins. Check the registry that npm is set to.",
    );
  await fillCache(installed, cached, expected, workshop);
  await files.remove(installed);
  return folder;
}

interface Problem {
  kind: "missing" | "changed";
  path: string;
}

/** Copies the expected files alone and checks the copies, so that nothing can change between the check and the use. */
async function copyChecked(
  from: string,
  to: string,
  expected: Readonly<Record<string, string>>,
  files: Files,
): Promise<Problem | undefined> {
  for (const [path, digest] of Object.entries(expected)) {
    if (!(await files.exists(join(from, path)))) return { kind: "missing", path };
    await files.copy(join(from, path), join(to, path));
    if ((await files.digest(join(to, path))).digest !== `sha256:${digest}`) return { kind: "changed", path };
  }
  return undefined;
}

/** @returns a temporary folder in which npm has installed the project; no script of any package was run */
async function install({ name, project, lock }: PinnedPackage, workshop: Workshop): Promise<string> {
  const { files, processes, npm, environment } = workshop;
  if (!npm)
    throw new UsageError(
      `${name} has to be installed, and there is no npm beside Node (${process.execPath}). Add a step with actions/setup-node before.`,
    );
  const folder = await files.makeTemporaryFolder("assay-install-");
  await files.write(join(folder, "package.json"), project);
  await files.write(join(folder, "package-lock.json"), lock);
  const [program, ...args] = npm;
  const { exitCode, stderr } = await processes.capture(
    program,
    [...args, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev", "--loglevel=error"],
    {
      cwd: folder,
      env: Object.fromEntries(Object.entries(environment).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    },
  );
  if (exitCode === 0) return folder;
  await files.remove(folder);
  const said = stderr.trim().split("\n").slice(0, 3).join("; ").slice(0, 1_000);
  throw new MissingDataError(
    `npm could not install ${name} (exit code ${exitCode}): ${said}. Registry, proxy and certificates are npm's own settings (.npmrc, npm_config_*).`,
  );
}

/** For the next job. What is there already and differs is replaced; a failure costs only the time to install again. */
async function fillCache(
  from: string,
  cached: string,
  expected: Readonly<Record<string, string>>,
  { files, progress }: Workshop,
): Promise<void> {
  try {
    await files.remove(cached);
    for (const path of Object.keys(expected)) {
      await files.makeFolder(dirname(join(cached, path)));
      await files.copy(join(from, path), join(cached, path));
    }
  } catch (error) {
    progress(
      `${cached} cannot be written, so the next job installs again: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
