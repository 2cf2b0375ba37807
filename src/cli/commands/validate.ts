import { relative, resolve } from "node:path";
import { ConfigError, exitCodes, UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { specPaths } from "../../flows/read-law.ts";
import { mistakesInRules } from "../../quality/rules/mistakes.ts";
import { parseSpec } from "../../spec/parse-spec.ts";
import { type AddCommand, examples } from "../command.ts";
import { print, printJson } from "../terminal.ts";

/** `assay validate`: everything that is wrong in an `assay.yml`, at once. */
export const addValidate: AddCommand = (program, finish) => {
  program
    .command("validate")
    .description("Check assay.yml: every mistake at once, with its place and a fix.")
    .argument("[file]", "the file; default: assay.yml or .github/assay.yml")
    .option("--json", "print JSON")
    .addHelpText("before", examples(["assay validate", "assay validate .github/assay.yml --json"]))
    .action(async (file: string | undefined, options: { json?: boolean }) => {
      const { path, text } = await find(file);
      try {
        const spec = parseSpec(text, path);
        const mistakes = await mistakesInRules(spec);
        if (mistakes.length > 0) throw new ConfigError(mistakes);
        const models = [...spec.models.keys()];
        if (options.json) printJson({ schema: "assay.validation/v1", valid: true, path, models, errors: [] });
        else print(`${path} is valid: ${models.length} ${models.length === 1 ? "model" : "models"} (${models.join(", ")}).`);
      } catch (error) {
        if (!(error instanceof ConfigError) || !options.json) throw error;
        printJson({ schema: "assay.validation/v1", valid: false, path, models: [], errors: error.diagnostics });
        finish(exitCodes.usage);
      }
    });
};

async function find(file: string | undefined): Promise<{ path: string; text: string }> {
  const files = createNodeFiles();
  for (const path of file ? [file] : specPaths) {
    const text = await files.readText(resolve(path));
    if (text !== undefined) return { path: relative(process.cwd(), resolve(path)) || path, text };
  }
  throw new UsageError(
    `There is no ${file ?? specPaths.join(" or ")} in ${process.cwd()}. Name the file: \`assay validate path/to/assay.yml\`.`,
  );
}
