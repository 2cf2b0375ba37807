import { join } from "node:path";
import { exitCodes, UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { verifyModel } from "../../flows/sign-model.ts";
import { isReleaseFolder } from "../../flows/verification/release-folder.ts";
import type { Emergency } from "../../flows/verification/verify-break-glass.ts";
import { type Verification, verifyRelease } from "../../flows/verification/verify-release.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { visible } from "../../markdown/escape.ts";
import { cancellation } from "../../processes/cancellation.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { whoBrokeGlass } from "../../registry/break-glass.ts";
import { parseTagName, tagPrefix } from "../../registry/tag-name.ts";
import type { ReleaseRecord } from "../../release/release-record.ts";
import type { ExpectedSigner } from "../../release/signer.ts";
import type { Rerun } from "../../release/verification/compare-rerun.ts";
import { githubIssuer } from "../../sigstore/expect-identity.ts";
import { type AddCommand, examples } from "../command.ts";
import { apiUrlOption, openGitHub, repositoryOption } from "../github-repository.ts";
import { readSigner, type SignerOptions } from "../signer-options.ts";
import { print, printJson, progress } from "../terminal.ts";

interface Options extends SignerOptions {
  signature?: string;
  rerun?: boolean;
  tolerance?: string;
  repository?: string;
  apiUrl?: string;
  json?: boolean;
}

/** `assay verify`: whether what somebody has is what was proven, approved and signed. */
export const addVerify: AddCommand = (program, finish) => {
  program
    .command("verify")
    .argument("<folder or version>", "folder that a release's files were downloaded into, or such as fraud@v1.2.0")
    .option("--key <file>", "public key of whoever signed it, as PEM")
    .option("--identity <uri>", "of the workflow that signed it without a key: its file at a ref, as its URL")
    .option("--issuer <url>", `with --identity: who vouched for it; default: ${githubIssuer}`)
    .option("--trusted-root <file>", "with --identity: a Sigstore's trusted root; default: that of the public one")
    .option(
      "--signature <file>",
      "of files that are no release: a bundle of OpenSSF Model Signing v1.0; default: model.sig in the folder",
    )
    .option("--rerun", "train and evaluate again what the version's tag in this clone points at, and compare")
    .option(
      "--tolerance <number>",
      "with --rerun: largest difference of a metric that counts as none; default: predictions are equal",
    )
    .option(...repositoryOption)
    .option(...apiUrlOption)
    .option("--json", "print JSON")
    .description(
      "Check a release's files without network: checksums, the sealed evidence, the model that was evaluated, what was decided and by whom it was approved, the papers, the signature. " +
        "Of a version, in a clone with GITHUB_TOKEN, they are downloaded and held against what GitHub has now: tag, branch, run, approvals, rights, ledger. " +
        "Says what holds, the first thing that does not, and what was not looked at. Exit code: 0 all holds, 1 something does not, 3 nothing is wrong, and neither a signature that --key or --identity was given for nor a run on GitHub says who made the files.",
    )
    .addHelpText(
      "before",
      examples([
        "assay verify fraud-v1.2.0 --key team.pub.pem",
        "gh release download fraud@v1.2.0 --dir fraud-v1.2.0 && assay verify fraud-v1.2.0 --key team.pub.pem --json",
        "GITHUB_TOKEN=$(gh auth token) assay verify fraud@v1.2.0 --key team.pub.pem",
        "assay verify fraud-v1.2.0 --identity https://github.com/acme/fraud/.github/workflows/promote.yml@refs/heads/main",
        "assay verify fraud-v1.2.0 --key team.pub.pem --rerun",
        "assay verify model --signature model.sig --key team.pub.pem",
      ]),
    )
    .action(async (folder: string, options: Options) => {
      const files = createNodeFiles();
      const signer = await readSigner(options, files);
      const tolerance = toleranceOf(options);
      const looked = await look(folder, signer, options, files);
      const again = options.rerun ? await trainAgain(looked, tolerance) : undefined;
      const verification = again ? withRerun(looked, again) : looked;
      const outcome = outcomeOf(verification);
      if (outcome !== "holds") finish(outcome === "wrong" ? exitCodes.gateFailed : exitCodes.inconclusive);
      const { release, evidence, isUnproven, ...found } = verification;
      if (options.json)
        printJson({
          schema: "assay.verification/v1",
          outcome,
          ...(release && {
            model: release.model,
            version: release.version,
            formatOverride: release.formatOverride,
          }),
          ...found,
          ...(again && { rerun: again }),
        });
      else print(told(verification));
    });
};

function outcomeOf({ wrong, isUnproven }: Verification): "holds" | "wrong" | "unproven" {
  if (wrong.length > 0) return "wrong";
  return isUnproven ? "unproven" : "holds";
}

async function look(folder: string, signer: ExpectedSigner | undefined, options: Options, files: Files): Promise<Verification> {
  const tag = tagPrefix(folder);
  if (parseTagName(tag)?.action === "register" && !(await files.exists(folder))) return lookOnGitHub(tag, signer, options, files);
  if (options.signature === undefined && (await isReleaseFolder(folder, files))) return verifyRelease({ folder, signer }, files);
  if (signer === undefined)
    throw new UsageError(
      `${folder} has no release of Assay, which has SHA256SUMS and evidence.json. Files that are only signed need --key, the public key, or --identity, the workflow that signed them.`,
    );
  const wrong = await verifyModel(folder, options.signature ?? join(folder, "model.sig"), { signer }, files);
  return {
    ...{ release: undefined, evidence: undefined, notProof: [] },
    holds: wrong.length === 0 ? [`All files are as they were signed ${signer.who}.`] : [],
    wrong,
    notLookedAt: ["What evaluated and approved the model: there is no evidence here.", signer.unseen],
  };
}

async function lookOnGitHub(
  tag: string,
  signer: ExpectedSigner | undefined,
  options: Options,
  files: Files,
): Promise<Verification> {
  const processes = createNodeProcesses();
  const git = await createCommandGit(process.cwd(), processes);
  const github = await openGitHub(options, git.root, processes);
  if ("lacking" in github)
    throw new UsageError(`A version is asked of GitHub, and ${github.lacking}. ${github.fix} Without GitHub name a folder.`);
  const { verifyVersion } = await import("../../flows/verification/verify-version.ts");
  return verifyVersion({ tag, signer }, { files, git, github });
}

function toleranceOf({ tolerance, rerun }: Options): number | undefined {
  if (tolerance === undefined) return undefined;
  if (!rerun) throw new UsageError("--tolerance is about --rerun. Add it.");
  const number = Number(tolerance);
  if (tolerance.trim() !== "" && number >= 0 && Number.isFinite(number)) return number;
  throw new UsageError(`--tolerance ${tolerance} is no number from 0 on. Write for example --tolerance 0.001.`);
}

/** @throws UsageError where there is nothing to compare with */
async function trainAgain({ release, evidence, wrong }: Verification, tolerance: number | undefined): Promise<Rerun | undefined> {
  if (wrong.length > 0) return undefined;
  if (!release || !evidence) throw new UsageError("--rerun compares with the evidence of a release, and there is none.");
  const processes = createNodeProcesses();
  const openGit = (folder: string) => createCommandGit(folder, processes);
  const { rerun } = await import("../../flows/verification/rerun.ts");
  return rerun(
    { evidence, tag: release.tag, tolerance },
    {
      ...{ files: createNodeFiles(), git: await openGit(process.cwd()), openGit, processes, progress },
      environment: process.env,
      signal: cancellation(),
      output: (chunk) => process.stderr.write(chunk),
      now: () => new Date(),
    },
  );
}

const rerunWords: Readonly<Record<Rerun["outcome"], string>> = {
  "bit-identical": "Training again gave the very same model, bit by bit, and the same predictions.",
  "identical-predictions": "Training again gave a model of other bytes that predicts the same in every test row.",
  "within-tolerance": "Training again gave other predictions, and metrics within the tolerance.",
  diverged: "Training again gave something else",
};

function withRerun(verification: Verification, { outcome, differences }: Rerun): Verification {
  if (outcome === "diverged")
    return { ...verification, wrong: [`${rerunWords.diverged}: ${differences.join("; ") || "there is nothing to compare"}.`] };
  const unlike = outcome === "bit-identical" ? "" : ` (${differences.join("; ")})`;
  return { ...verification, holds: [...verification.holds, `${rerunWords[outcome]}${unlike}`] };
}

function told({ release, emergencies = [], holds, wrong, notProof, notLookedAt, isUnproven }: Verification): string {
  return [
    ...(release ? [oneLine(`${release.model} ${release.version}, released from ${release.repository}`)] : []),
    ...emergencies.flatMap(emergency),
    ...(release?.formatOverride ? [formatOverridden(release.formatOverride)] : []),
    ...holds.map((sentence) => `✓ ${oneLine(sentence)}`),
    ...wrong.map((sentence) => `✗ ${oneLine(sentence)}`),
    ...(isUnproven ? [emergencies.length > 0 ? nobodyAsked : nobodySays] : []),
    ...listed("No proof:", notProof),
    ...listed("Not looked at:", notLookedAt),
  ].join("\n");
}

/** What the files say of themselves is quoted in sentences: it must not look like a line of ours. */
function oneLine(sentence: string): string {
  return visible(sentence, 10_000);
}

const nobodySays =
  "? Nothing is wrong, and nothing says who made the files: neither --key nor --identity was given to check a signature with, and no run on GitHub vouches for them.";

const nobodyAsked =
  "? Nothing is wrong, and nothing says any more who made the files or who asked for break-glass: neither --key nor --identity was given to check a signature with, and nobody found all of it on GitHub.";

/** It is no fault of the files, and nobody may overlook it. */
function emergency({ stage, breakGlass }: Emergency): readonly string[] {
  return [
    `! BREAK-GLASS: it came into ${stage} although the rules spoke against it. ${visible(whoBrokeGlass(breakGlass), 2_000)}. What was gone around:`,
    ...breakGlass.around.map((reason) => `  - ${visible(reason, 1_000)}`),
  ];
}

function formatOverridden({ paths, reason }: NonNullable<ReleaseRecord["formatOverride"]>): string {
  const files = visible(paths.join(", "), 1_000);
  return `! FORMAT: ${files} can hold code that runs when the model is loaded. Shipped all the same, because: ${visible(reason, 2_000)}`;
}

function listed(title: string, sentences: readonly string[]): readonly string[] {
  return sentences.length === 0 ? [] : [title, ...sentences.map((sentence) => `  - ${oneLine(sentence)}`)];
}
