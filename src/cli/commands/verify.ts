import { join } from "node:path";
import { exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { verifyModel } from "../../flows/sign-model.ts";
import { type AddCommand, examples } from "../command.ts";
import { print, printJson } from "../terminal.ts";

const maxKeyBytes = 64 * 1024;
const notLookedAt =
  "Not looked at: what evaluated and approved the model, and whose key it is. Compare the key with the one its team publishes.";

/** `assay verify`: whether a model's files are those that were signed. */
export const addVerify: AddCommand = (program, finish) => {
  program
    .command("verify")
    .argument("<folder>", "of the model")
    .requiredOption("--key <file>", "public key of whoever signed it, as PEM")
    .option("--signature <file>", "Sigstore bundle of OpenSSF Model Signing v1.0; default: model.sig in the folder")
    .option("--json", "print JSON")
    .description(
      "Compare a model's files with their signature, without network. Exit code: 0 the same, 1 not the same or signed with another key.",
    )
    .addHelpText(
      "before",
      examples([
        "assay verify fraud-v1.2.0 --key team.pub.pem",
        "assay verify model --signature model.sig --key team.pub.pem --json",
      ]),
    )
    .action(async (folder: string, options: { key: string; signature?: string; json?: boolean }) => {
      const files = createNodeFiles();
      const key = await files.readText(options.key, maxKeyBytes);
      if (key === undefined)
        throw new UsageError(`There is no file ${options.key}. --key names the public key of whoever signed the model.`);
      const differences = await verifyModel(folder, options.signature ?? join(folder, "model.sig"), key, files);
      if (options.json) printJson({ schema: "assay.verification/v1", same: differences.length === 0, differences });
      else if (differences.length === 0) print(`✓ All files are as they were signed with this key.\n${notLookedAt}`);
      else print(differences.map((difference) => `✗ ${difference}`).join("\n"));
      if (differences.length > 0) finish(exitCodes.gateFailed);
    });
};
