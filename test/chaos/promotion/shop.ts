import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Octokit } from "octokit";
import { type EmbeddedGitHub, startEmbeddedGitHub } from "../../../src/embedded-github/embedded-github.ts";
import type { PullRequestShas } from "../../../src/embedded-github/pull-request-lifecycle.ts";
import { type Digest, digestOf } from "../../../src/evidence/digest.ts";
import type { Evidence } from "../../../src/evidence/evidence.ts";
import { parseEvidence } from "../../../src/evidence/parse-evidence.ts";
import { createNodeFiles } from "../../../src/files/node-files.ts";
import { evidenceFileName } from "../../../src/flows/job-files.ts";
import { planChange } from "../../../src/flows/plan-change.ts";
import { promote } from "../../../src/flows/promotion/promote.ts";
import type { PromotionMachine } from "../../../src/flows/promotion/promotion-machine.ts";
import { rollBack } from "../../../src/flows/promotion/roll-back.ts";
import { recordsOnGitHub } from "../../../src/flows/records-on-github.ts";
import { createCommandGit } from "../../../src/git/command-git.ts";
import type { Git } from "../../../src/git/git.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { githubThrough } from "../../../src/github/octokit/octokit-github.ts";
import { noRunLookup } from "../../../src/plan/run-lookup.ts";
import { createNodeProcesses } from "../../../src/processes/node-processes.ts";
import { assignedStages } from "../../../src/registry/current.ts";
import type { Promotion } from "../../../src/registry/promotion.ts";
import { readRegistry } from "../../../src/registry/registry-state.ts";
import { signWithKey } from "../../../src/release/signature.ts";
import { measuredBy } from "../../../src/spec/measured-by.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { assayYml, createPlace, type Place } from "../../bot/world.ts";
import { better } from "../../flows/create-judgement.ts";
import { createEvidence } from "../../report/create-report.ts";

/** A version that is tagged, proven and approved: of a commit of its own, with the inputs of the one that was evaluated. */
export interface Tagged {
  version: string;
  tag: string;
  /** Id of the tag's object. */
  object: string;
  commit: string;
}

/** A repository whose one model was evaluated in a merged pull request and approved, on a GitHub of its own. */
export interface Shop {
  github: EmbeddedGitHub;
  gitFolder: string;
  place: Place;
  /** That was merged, and the run on its head that evaluated it. */
  merged: { pull: PullRequestShas; runId: number };
  evidence: Evidence;
  modelDigest: Digest;
  /** The next version, tagged on the protected branch. */
  tagNext(): Tagged;
  /** A version of any commit. */
  tag(version: string, commit: string): Tagged;
  /** Points the version's tag at a commit that nobody proved, past everybody. @returns the object that it is now */
  moveTag(tagged: Tagged): string;
  /** The clone in which it is promoted. */
  clone: Git;
  /** Tags as they are now come into it. */
  fetchTags(): void;
  /** GitHub through this `fetch`, as somebody who may promote. */
  connect(through: typeof fetch): GitHub;
  /** Points the version's tag at what it was made as. */
  restoreTag(tagged: Tagged): void;
  /** Puts another file in the place of the model that the version was released with. */
  changeRelease(tagged: Tagged): Promise<void>;
  restoreRelease(tagged: Tagged): Promise<void>;
  /** What another owner says of the merged pull request. */
  review(state: "APPROVED" | "CHANGES_REQUESTED"): Promise<void>;
  /** Promotes as the command does. @param breakGlass number of the issue or pull request where it is asked for */
  promote(tagged: Tagged, stage: string, github: GitHub, breakGlass?: number): Promise<Promotion>;
  /** Has the stage go back as the command does. */
  rollBack(tagged: Tagged, stage: string, github: GitHub): Promise<Promotion>;
  /** Versions that were in production, two at least, none of which is in it; they are brought there by the first call. */
  onceInProduction(): Promise<readonly Tagged[]>;
  /** What the registry says is in a stage. */
  inStage(stage: string): Promise<string | undefined>;
  close(): Promise<void>;
}

const stages = ["staging", "production"] as const;
const model = JSON.stringify({ learner: {}, version: [3, 0, 0] });

export interface ShopOptions {
  /** What `promote.mirrors` says, and the environment that it needs. */
  mirrors?: string;
  environment?: Record<string, string>;
  /** Default: a GitHub that nobody holds to GitHub's description. */
  start?: () => Promise<EmbeddedGitHub>;
}

export async function openShop(options: ShopOptions = {}): Promise<Shop> {
  const github = await (options.start ?? startEmbeddedGitHub)();
  const folder = mkdtempSync(join(tmpdir(), "assay-shop-"));
  const mirrors = options.mirrors === undefined ? "" : `, mirrors: ${options.mirrors}`;
  const rules = assayYml({
    writer: "action",
    owners: '["@owner", "@second"]',
    more: `    promote: {stages: [${stages.join(", ")}]${mirrors}}\n`,
  });
  const place = await createPlace({ github, files: { "assay.yml": rules, "README.md": "0" } });
  const { gitFolder, fullName } = place;
  await github.setPermission({ repository: fullName, login: "second", permission: "write" });
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", gitFolder, "-c", "user.name=manager", "-c", "user.email=manager@localhost", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  const pull = await place.open({ "train.py": "2" });
  const clone = join(folder, "clone");
  execFileSync("git", ["clone", "-q", gitFolder, clone]);
  const fetchTags = () =>
    void execFileSync("git", ["-C", clone, "fetch", "-q", "--tags", "--force", "--prune", "--prune-tags", "origin"]);
  const files = createNodeFiles();
  const here = await createCommandGit(clone, createNodeProcesses());

  const permissions = { contents: "write", deployments: "write", actions: "read", "pull-requests": "write" } as const;
  const token = github.tokenFor({ repository: fullName, permissions, kind: "workflow" });
  const connect = (through: typeof fetch) => {
    const octokit = new Octokit({
      auth: token,
      baseUrl: github.url,
      request: { fetch: through },
      throttle: { enabled: false },
      // As often as always, not as long.
      retry: { retryAfterBaseValue: 10 },
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    return githubThrough(octokit, { owner: "acme", name: place.name }, { secret: token });
  };
  const calm = connect(fetch);

  const target = { commit: pull.mergeSha };
  const request = { git: here, files, lookup: noRunLookup, target, base: null, event: "push", models: ["fraud"] } as const;
  execFileSync("git", ["-C", clone, "fetch", "-q", "origin", pull.mergeSha]);
  const planned = (await planChange(request)).models[0]?.candidate;
  const terms = parseSpec(rules, "assay.yml").models.get("fraud");
  if (!planned || !terms || !better.candidate) throw new Error("The pull request has no plan.");
  const { inputHash, testSet, scoring } = planned;
  const digest = digestOf(model);
  const [training] = createEvidence("fraud").trainings;
  if (!training) throw new Error("Nobody trained it.");
  const trained = {
    ...training,
    model: { digest, format: "xgboost", files: [{ path: "model.json", digest, bytes: Buffer.byteLength(model) }] },
  };
  const evaluation = {
    ...better,
    testSet: { ...better.testSet, id: testSet },
    measuredBy: digestOf(measuredBy(terms)),
    candidate: { ...better.candidate, scoring },
  };
  const runId = await place.run(pull, { planned: {}, inputs: "2", evaluation, evidence: { inputHash, trainings: [trained] } });
  // It is named after what the plan says; the run's own name for it is by its inputs.
  const [kept] = github.artifacts(runId).filter(({ name }) => name.startsWith("assay-evidence"));
  if (!kept) throw new Error("The run left no evidence.");
  const evidence = parseEvidence(execFileSync("cat", [kept.file], { encoding: "utf8" }), kept.name);
  await github.addArtifact({
    runId,
    name: evidenceFileName("fraud", inputHash),
    bytes: Buffer.from(JSON.stringify(evidence)),
    mimeType: "application/json",
  });
  await github.review({ number: pull.number, author: "owner", state: "APPROVED" });
  await github.mergePullRequest(pull.number, "squash");
  const file = join(folder, "model.json");
  writeFileSync(file, model);
  const records = recordsOnGitHub(calm);
  await records.ledger.recordEvidence(evidence);
  await records.store.put(digest, file);
  const unproven = place.push("aside", { "train.py": "3" });

  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const sign = signWithKey(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  const machine = (through: GitHub): PromotionMachine => ({
    ...{ files, git: here, github: through, records: recordsOnGitHub(through), sign },
    ...{ serverUrl: github.serverUrl, environment: options.environment ?? {}, progress: silent, now: () => new Date() },
  });
  const other = join(folder, "other.json");
  writeFileSync(other, "{}");
  const replaceModel = async ({ tag }: Tagged, by: string) => {
    const release = await calm.releases.findByTag(tag);
    const [model] = release ? (await calm.releases.assets(release.id)).filter(({ name }) => name === "model.json") : [];
    if (!release || !model) throw new Error(`There is no release of ${tag}.`);
    await calm.releases.deleteAsset(model.id);
    await calm.releases.uploadAsset(release, model.name, by);
  };
  let minor = 0;
  const known: Tagged[] = [];
  const shop: Shop = {
    github,
    gitFolder,
    place,
    merged: { pull, runId },
    evidence,
    modelDigest: digest,
    tagNext() {
      minor += 1;
      return shop.tag(`v1.${minor}.0`, place.push("main", { "README.md": String(minor) }));
    },
    tag(version, commit) {
      const tag = `fraud@${version}`;
      git("tag", "-a", tag, "-m", `Release ${version}`, commit);
      return { version, tag, object: git("rev-parse", tag), commit };
    },
    moveTag({ tag }) {
      git("tag", "-f", "-a", tag, "-m", "Something else", unproven);
      return git("rev-parse", tag);
    },
    clone: here,
    fetchTags,
    connect,
    changeRelease: (tagged) => replaceModel(tagged, other),
    restoreRelease: (tagged) => replaceModel(tagged, file),
    restoreTag: ({ tag, object }) => void git("update-ref", `refs/tags/${tag}`, object),
    review: async (state) => void (await github.review({ number: pull.number, author: "second", state })),
    promote: ({ version }, stage, through, breakGlass) =>
      promote({ model: "fraud", version, stage, breakGlass }, machine(through)),
    rollBack: ({ version }, stage, through) => rollBack({ model: "fraud", version, stage }, machine(through)),
    async onceInProduction() {
      // The last one takes the place of the others, as every other version does then.
      while (known.length < 3) {
        const tagged = shop.tagNext();
        for (const stage of stages) {
          fetchTags();
          await shop.promote(tagged, stage, calm);
        }
        known.push(tagged);
      }
      const now = await shop.inStage("production");
      return known.filter(({ version }) => version !== now);
    },
    async inStage(stage) {
      fetchTags();
      const registry = readRegistry(await here.listTags()).models.get("fraud");
      return registry && assignedStages(registry).get(stage)?.version.version;
    },
    async close() {
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // What is promoted then takes the place of another version.
  const first = shop.tagNext();
  fetchTags();
  await shop.promote(first, "staging", calm);
  return shop;
}

function silent(): void {}
