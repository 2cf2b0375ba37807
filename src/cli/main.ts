import { runProgram } from "./program.ts";

// `assay … | head` closes the pipe early: that is the reader's right and no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
process.exitCode = await runProgram(process.argv.slice(2));
