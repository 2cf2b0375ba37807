import { resolve } from "node:path";
import { Option } from "commander";
import { exitCodeOf } from "../../flows/exit-code.ts";
import { type AddCommand, examples } from "../command.ts";
import type { WorkspaceOptions } from "../plan-workspace.ts";
import { print, printJson, progress } from "../terminal.ts";
import { judgeWorkspace, openWorkspace } from "../workspace.ts";

interface Options extends WorkspaceOptions {
  format: "markdown" | "html";
  out?: string;
  json?: boolean;
}

/** `assay report`: what a reviewer would read, without GitHub. */
export const addReport: AddCommand = (program, finish) => {
  program
    .command("report")
    .description("Write the report of evaluated models: the pull request comment's Markdown, or the HTML page.")
    .option("--base <revision>", "commit to compare with")
    .option("--spec <file>", "path of assay.yml in the repository")
    .addOption(new Option("--format <format>", "what to write").choices(["markdown", "html"]).default("markdown"))
    .option("--out <file>", "file to write; default: standard output")
    .option("--json", "print the report's data as JSON")
    .addHelpText("before", examples(["assay report", "assay report --format html --out report.html"]))
    .action(async (options: Options) => {
      const { machine, ...workspace } = await openWorkspace(options);
      const report = await judgeWorkspace({ machine, ...workspace });
      finish(exitCodeOf(report));
      if (options.json) return printJson({ schema: "assay.report/v1", ...report });
      const { renderComment } = await import("../../report/comment.ts");
      const { renderPage } = await import("../../report/page.ts");
      const text = options.format === "html" ? await renderPage(report) : renderComment(report).body;
      if (!options.out) return print(text);
      await machine.files.write(resolve(options.out), text);
      progress(`Wrote ${options.out}`);
    });
};
