import { spawn } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { RepositorySettings } from "../../../src/embedded-github/embedded-github.ts";
import type { Finding } from "../../../src/onboarding/doctor/finding.ts";
import { promoteWorkflow } from "../../../src/onboarding/init/promote-workflow.ts";
import { workflowText } from "../../../src/onboarding/init/texts.ts";
import { createRepository, type Repository, temporaryFolder } from "../../git/repository.ts";
import { protectingRulesets } from "../../github/rulesets.ts";
import { type CheckedGitHub, startCheckedGitHub } from "../../openapi/checked-github.ts";

const main = join(import.meta.dirname, "..", "..", "..", "src", "cli", "main.ts");
const sha = "8f4b7f84864484a7bf31766abe9204da3cbe65b3";

let server: CheckedGitHub | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A PATH with these programs alone, as far as this machine has them. */
function machineWith(...programs: string[]): string {
  const folder = temporaryFolder();
  for (const program of programs) {
    const found = (process.env["PATH"] ?? "").split(delimiter).map((place) => join(place, program));
    const at = found.find(existsSync);
    if (at === undefined) throw new Error(`${program} is not on this machine`);
    symlinkSync(at, join(folder, program));
  }
  return folder;
}

interface Place {
  repository: Repository;
  settings?: Partial<RepositorySettings>;
  administrator?: boolean;
  path?: string;
  environment?: Record<string, string>;
  args?: string[];
}

/** The command in a process of its own, while this one is GitHub. */
async function doctor({ repository, settings, administrator = true, path, environment = {}, args = [] }: Place) {
  server ??= await startCheckedGitHub();
  await server.createRepository({ owner: "acme", name: "models", settings });
  const all = { contents: "read", administration: "read", organization_self_hosted_runners: "read" } as const;
  const permissions = administrator ? all : ({ contents: "read" } as const);
  const env = {
    HOME: repository.folder,
    PATH: path ?? machineWith("git", "node", "npm", "bash", "env"),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GITHUB_TOKEN: server.tokenFor({ repository: "acme/models", permissions, kind: "user" }),
    GITHUB_API_URL: server.url,
    ...environment,
  };
  const child = spawn(process.execPath, [main, "doctor", ...args], { cwd: repository.folder, env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  expect(stderr).toBe("");
  return { status, stdout };
}

async function findings(
  place: Place,
): Promise<{ status: number | null; of: (status: Finding["status"]) => string[]; all: Finding[] }> {
  const { status, stdout } = await doctor({ ...place, args: [...(place.args ?? []), "--json"] });
  const { findings: all, schema } = JSON.parse(stdout) as { schema: string; findings: Finding[] };
  expect(schema).toBe("assay.doctor/v1");
  return { status, all, of: (wanted) => all.filter((one) => one.status === wanted).map(({ check }) => check) };
}

const spec = (train = "") => `version: 1
models:
  shoes:
    task: binary
    train:
      run: node train.mjs
      inputs: {data: [data/train.csv]}
      outputs: {model: model.json}
${train}
    evaluate:
      data: data/test.csv
      target: bought
      predict: {run: "node predict.mjs {model} {data} {out}"}
`;

function repositoryWith(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = createRepository();
  repository.commit({
    "assay.yml": spec(),
    ".github/workflows/models.yml": workflowText("main", sha),
    "data/train.csv": "size,bought\n1,yes\n2,no\n",
    "data/test.csv": "size,bought\n3,yes\n4,no\n",
    ...files,
  });
  repository.git("remote", "add", "origin", "git@github.com:acme/models.git");
  return repository;
}

const wellKept: Partial<RepositorySettings> = {
  isPublic: true,
  defaultWorkflowPermissions: "read",
  forkApproval: "all_external_contributors",
  runners: [{ id: 1, name: "box", labels: ["self-hosted", "Linux", "gpu"], online: true }],
  rulesets: protectingRulesets,
};

describe("assay doctor", () => {
  it("finds nothing where nothing is broken", async () => {
    const { status, of, all } = await findings({ repository: repositoryWith(), settings: wellKept });
    expect(all.filter((one) => one.status !== "fine")).toEqual([]);
    expect(status).toBe(0);
    expect(of("fine")).toContain("required check");
  });

  it("misses a workflow that promotes, and a rule for who may tag, where models are promoted", async () => {
    const promoted = { "assay.yml": `${spec()}    promote: {stages: [staging]}\n` };
    const without = await findings({ repository: repositoryWith(promoted), settings: wellKept });
    expect(without.of("broken").sort()).toEqual(["release workflow", "who releases"]);
    await server?.close();
    server = undefined;
    const ruleset = { id: 9, name: "releases", target: "tag", enforcement: "active", include: ["refs/tags/**@v*"] } as const;
    const settings = { ...wellKept, rulesets: [...(protectingRulesets ?? []), { ...ruleset, rules: [{ type: "creation" }] }] };
    const workflow = { ".github/workflows/promote.yml": promoteWorkflow({ commit: sha, comment: "v1.0.0" }) };
    const { of, status } = await findings({ repository: repositoryWith({ ...promoted, ...workflow }), settings });
    expect(of("broken")).toEqual([]);
    expect(of("fine")).toEqual(expect.arrayContaining(["release workflow", "who releases"]));
    expect(status).toBe(0);
  });

  it("names exactly the eight things that are broken on a machine and in a repository, each with its fix", async () => {
    const workflow = workflowText("main", sha)
      .replace(`@${sha}`, "@v1")
      .replace(/ +checks: write.*\n/, "");
    const repository = repositoryWith({
      "assay.yml": spec("      gpus: 1\n      runner: [self-hosted, h100]\n"),
      ".github/workflows/models.yml": workflow,
      "data/more.csv.dvc": "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: more.csv\n",
      "data/test.csv": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12345\n`,
    });
    const [, ...otherRules] = wellKept.rulesets ?? [];
    const settings: Partial<RepositorySettings> = { ...wellKept, rulesets: otherRules, forkApproval: "first_time_contributors" };
    const { status, of, all } = await findings({ repository, settings });
    expect(of("broken").sort()).toEqual(
      ["workflow pin", "workflow permissions", "test data here", "dvc", "gpu", "required check", "runner labels", "forks"].sort(),
    );
    expect(of("unknown")).toEqual([]);
    expect(status).toBe(1);
    for (const { status, message, fix } of all) {
      expect(message).toMatch(/\.$/);
      if (status === "broken") expect(fix).toMatch(/\.$/);
    }
  });

  const organised = (workflows?: readonly string[]): Place => {
    const runners = [{ id: 2, name: "big", labels: ["self-hosted", "gpu"], online: true }];
    const group = { id: 1, name: "GPUs", runners, ...(workflows && { workflows }) };
    return {
      repository: repositoryWith({ "assay.yml": spec("      runner: [self-hosted, gpu]\n") }),
      settings: { ...wellKept, runners: [], organisation: { groups: [group] } },
      args: ["--no-machine"],
    };
  };

  it("looks for the runner in the organisation, and says that any workflow may use its group", async () => {
    const { of, all } = await findings(organised());
    expect(of("broken")).toEqual(["runner group"]);
    expect(of("fine")).toContain("runner labels");
    expect(all.find(({ check }) => check === "runner group")).toMatchObject({
      message: expect.stringContaining("Any workflow may use the runners of the group GPUs"),
      fix: expect.stringContaining("model-ci.yml"),
    });
  });

  it("is content with a group of runners that only selected workflows may use", async () => {
    const { of } = await findings(organised(["assay-ml/assay/.github/workflows/model-ci.yml@v1"]));
    expect(of("broken")).toEqual([]);
    expect(of("fine")).toContain("runner group");
  });

  it("knows nothing of groups that the token may not list", async () => {
    const { of } = await findings({ ...organised(), administrator: false });
    expect(of("unknown")).toEqual(["default permissions", "runner labels", "runner group", "forks"]);
  });

  it("never takes what the token may not read for fine", async () => {
    const repository = repositoryWith({ "assay.yml": spec("      runner: [self-hosted, gpu]\n") });
    const { status, of } = await findings({ repository, settings: wellKept, administrator: false, args: ["--no-machine"] });
    expect(of("unknown")).toEqual(["default permissions", "runner labels", "forks"]);
    expect(of("broken")).toEqual([]);
    expect(status).toBe(0);
  });

  it("says that a token does not open the repository, and then looks at the rest", async () => {
    const { status, of } = await findings({ repository: repositoryWith(), environment: { GITHUB_TOKEN: "ghp_wrong" } });
    expect(of("broken")).toEqual(["github"]);
    expect(of("fine")).toContain("assay.yml");
    expect(status).toBe(1);
  });

  it("looks at nothing on GitHub without a token, and says so", async () => {
    const { of, status } = await findings({ repository: repositoryWith(), environment: { GITHUB_TOKEN: "" } });
    expect(of("unknown")).toEqual(["github"]);
    expect(status).toBe(0);
  });

  it("says to a person what is broken, how to mend it, and what is fine", async () => {
    const repository = repositoryWith();
    repository.remove("assay.yml");
    repository.remove(".github");
    repository.commit();
    const { status, stdout } = await doctor({ repository, settings: wellKept });
    expect(status).toBe(1);
    expect(stdout).toContain("❌ broken  assay.yml: There is no assay.yml or .github/assay.yml.\n     Fix: `assay init`");
    expect(stdout).toContain("❌ broken  workflow: No workflow calls Assay");
    expect(stdout).toMatch(/\n2 broken, 0 unknown, \d+ fine\.\n$/);
  });

  it("tells of training data that is not tracked, and of a tool cache that is read-only", async () => {
    const repository = repositoryWith({ ".gitignore": "data/train.csv\n" });
    repository.write("not-a-folder", "");
    const { of } = await findings({
      repository,
      settings: wellKept,
      environment: { RUNNER_TOOL_CACHE: join(repository.folder, "not-a-folder") },
    });
    expect(of("broken")).toEqual(["training data tracked", "tool cache"]);
  });

  it.each([
    { where: "one that is not there yet", folder: (root: string) => join(root, "not", "yet"), broken: [] },
    { where: "a path that depends on the folder it is read in", folder: () => "relative/cache", broken: ["tool cache"] },
  ])("makes nothing where it looks for a tool cache: $where", async ({ folder, broken }) => {
    const repository = repositoryWith();
    const environment = { RUNNER_TOOL_CACHE: folder(repository.folder) };
    const { of } = await findings({ repository, settings: wellKept, environment });
    expect(of("broken")).toEqual(broken);
    for (const name of ["not", "relative"]) expect(existsSync(join(repository.folder, name))).toBe(false);
  });

  it("says of a program that hangs that it hangs, and does not wait long", async () => {
    const path = machineWith("git", "node", "bash", "env");
    writeFileSync(join(path, "npm"), "#!/bin/sh\nexec /bin/sleep 600\n", { mode: 0o755 });
    const { all } = await findings({ repository: repositoryWith(), settings: wellKept, path });
    expect(all.find(({ check }) => check === "npm")).toMatchObject({
      status: "broken",
      message: "`npm --version` did not answer within 10 seconds.",
    });
  });

  it("is a usage error outside a repository", async () => {
    const folder = temporaryFolder();
    const { status } = await new Promise<{ status: number | null }>((resolve) => {
      spawn(process.execPath, [main, "doctor"], { cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } }).on(
        "close",
        (code) => resolve({ status: code }),
      );
    });
    expect(status).toBe(2);
  });
});
