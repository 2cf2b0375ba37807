import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../../errors/errors.ts";
import { createNodeFiles } from "../../files/node-files.ts";
import { type AddCommand, examples } from "../command.ts";
import { packageFolder } from "../package-folder.ts";

/** `assay demo`: the main job on a GitHub of its own. */
export const addDemo: AddCommand = (program) => {
  program
    .command("demo")
    .description(
      "Watch pull requests being trained, judged and decided about with Assay's app, and a model being released, promoted and rolled back, on a GitHub that runs on this machine.",
    )
    .option("--out <file>", "where to write the HTML page, with the registry's beside it; default: a temporary folder")
    .option("--json", "print JSON")
    .addHelpText("before", examples(["assay demo", "assay demo --out demo.html", "assay demo --json"]))
    .action(async (options: { out?: string; json?: boolean }) => {
      // The demonstration brings a whole GitHub with it, which is in no bundle.
      const path = join(packageFolder, "src", "demo", "demo.ts");
      if (!(await createNodeFiles().exists(path)))
        throw new UsageError(
          "The demonstration needs a checkout of Assay's repository: clone it, then `npm ci && npm run demo`.",
        );
      const { demo } = (await import(/* webpackIgnore: true */ pathToFileURL(path).href)) as typeof import("../../demo/demo.ts");
      await demo({ json: options.json ?? false, out: options.out });
    });
};
