import { exitCodes, UsageError } from "../../errors/errors.ts";
import type { Files } from "../../files/files.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import type { PromotionMachine } from "../../flows/promotion/promotion-machine.ts";
import { recordsOnGitHub } from "../../flows/records-on-github.ts";
import { createCommandGit } from "../../git/command-git.ts";
import { createNodeProcesses } from "../../processes/node-processes.ts";
import { isIssueNumber, whoBrokeGlass } from "../../registry/break-glass.ts";
import type { Promotion } from "../../registry/promotion.ts";
import { isModelName } from "../../registry/tag-name.ts";
import { isVersion } from "../../registry/version.ts";
import { signWithKey } from "../../release/signature.ts";
import type { SignStatement } from "../../release/signer.ts";
import { promoteAgain } from "../../report/promotion.ts";
import { isStageName } from "../../spec/stage-name.ts";
import { type AddCommand, examples } from "../command.ts";
import { apiUrlOption, openGitHub, type RepositoryOptions, repositoryOption, serverUrlOf } from "../github-repository.ts";
import { print, printJson, progress } from "../terminal.ts";

interface Options extends RepositoryOptions {
  to?: string;
  signWith?: string;
  rollback?: boolean;
  breakGlass?: string;
  json?: boolean;
}

/** `assay promote`: a version that is tagged comes into a stage, if it was proven and approved. */
export const addPromote: AddCommand = (program, finish) => {
  program
    .command("promote")
    .argument("<model>", "of assay.yml")
    .argument("<version>", "that is tagged: v1.2.0 of the annotated tag fraud@v1.2.0")
    .option("--to <stage>", "default: the first stage that assay.yml has")
    .option("--rollback", "the stage of --to goes back to a version that it had: nothing is judged or built again")
    .option(
      "--break-glass <number>",
      "in an emergency: the issue or pull request in which two owners of the model ask for it in spite of verdict, approvals and order of stages",
    )
    .option("--sign-with <file>", "private key, as PEM, of P-256, P-384 or P-521: the release gets a signature, model.sig")
    .option(...repositoryOption)
    .option(...apiUrlOption)
    .option("--json", "print JSON")
    .description(
      "Release the very model that was evaluated and approved, and assign the stage to it; or say all that speaks against it. " +
        "What was interrupted is continued by promoting again. Exit code: 0 promoted, 1 refused, 4 promoted without all that follows, such as a mirror.",
    )
    .addHelpText(
      "before",
      examples([
        "assay promote fraud v1.2.0 --to production",
        "GITHUB_TOKEN=$(gh auth token) assay promote fraud v1.2.0 --sign-with team.pem --json",
        "assay promote fraud v1.1.0 --to production --rollback",
        "assay promote fraud v1.2.1 --to production --break-glass 57",
      ]),
    )
    .action(async (model: string, version: string, options: Options) => {
      checkNames(model, version, options.to);
      const breakGlass = issueOf(options);
      const processes = createNodeProcesses();
      const files = createNodeFiles();
      const git = await createCommandGit(process.cwd(), processes);
      const github = await openGitHub(options, git.root, processes);
      if ("lacking" in github) throw new UsageError(`Promotion asks GitHub, and ${github.lacking}. ${github.fix}`);
      const machine = {
        ...{ files, git, github, progress, records: recordsOnGitHub(github) },
        serverUrl: serverUrlOf(options),
        sign: await readSigner(options.signWith, files),
        environment: process.env,
        now: () => new Date(),
      };
      const promotion = await carryOut({ model, version, options, breakGlass }, machine);
      if (promotion.outcome === "refused") finish(exitCodes.gateFailed);
      else if (promotion.afterwards.length > 0) finish(exitCodes.github);
      if (options.json) printJson({ schema: "assay.promote/v1", model, version, ...asJson(promotion) });
      else print(told(model, version, promotion));
    });
};

interface Asked {
  model: string;
  version: string;
  options: Options;
  breakGlass: number | undefined;
}

async function carryOut(
  { model, version, options: { to: stage, rollback }, breakGlass }: Asked,
  machine: PromotionMachine,
): Promise<Promotion> {
  if (!rollback)
    return (await import("../../flows/promotion/promote.ts")).promote({ model, version, stage, breakGlass }, machine);
  if (stage === undefined) throw new UsageError("--rollback needs --to: the stage that goes back, such as --to production.");
  return (await import("../../flows/promotion/roll-back.ts")).rollBack({ model, version, stage }, machine);
}

function issueOf({ breakGlass, rollback }: Options): number | undefined {
  if (breakGlass === undefined) return undefined;
  if (rollback)
    throw new UsageError("--rollback judges nothing, so there is nothing to break glass for. Leave --break-glass out.");
  if (isIssueNumber(breakGlass)) return Number(breakGlass);
  throw new UsageError(
    `--break-glass ${breakGlass} is no number of an issue or a pull request. Write the one in which two owners ask for it, such as --break-glass 57.`,
  );
}

const maxKeyBytes = 64 * 1024;

async function readSigner(path: string | undefined, files: Files): Promise<SignStatement | undefined> {
  if (path === undefined) return undefined;
  const key = await files.readText(path, maxKeyBytes);
  if (key !== undefined) return signWithKey(key);
  throw new UsageError(`There is no file ${path}. --sign-with names the private key that the release is signed with.`);
}

function checkNames(model: string, version: string, stage: string | undefined): void {
  if (!isModelName(model)) throw new UsageError(`"${model}" is no name of a model. Write for example fraud.`);
  if (!isVersion(version))
    throw new UsageError(`"${version}" is no version. Write it as Semantic Versioning with a v before it: v1.2.0.`);
  if (stage !== undefined && !isStageName(stage))
    throw new UsageError(`"${stage}" is no name of a stage. Write for example production.`);
}

function told(model: string, version: string, promotion: Promotion): string {
  if (promotion.outcome === "refused")
    return [
      `✗ ${model} ${version} does not come into ${promotion.stage}:`,
      ...promotion.reasons.map((reason) => `  - ${reason}`),
    ].join("\n");
  const { stage, release, stageTag, approvedBy, wasThere, breakGlass, afterwards } = promotion;
  const approved = approvedBy.length === 0 ? "" : `, approved by ${approvedBy.map((login) => `@${login}`).join(", ")}`;
  return [
    `${breakGlass ? "!" : "✓"} ${model} ${version} ${wasThere ? "is in" : "came into"} ${stage}${approved}.`,
    ...(breakGlass ? [`! BREAK-GLASS: ${whoBrokeGlass(breakGlass)}. What was gone around:`] : []),
    ...(breakGlass?.around ?? []).map((reason) => `  - ${reason}`),
    `  Release ${release}`,
    `  Stage   ${stageTag}`,
    ...(afterwards.length === 0 ? [] : ["! What follows was not all done:"]),
    ...afterwards.map(({ message }) => `  - ${message}`),
    ...(afterwards.length === 0 ? [] : [`  ${promoteAgain}`]),
  ].join("\n");
}

/** Of what failed the sentences. */
function asJson(promotion: Promotion) {
  if (promotion.outcome === "refused") return promotion;
  return { ...promotion, afterwards: promotion.afterwards.map(({ message }) => message) };
}
