/** Starts a command line as Assay does, prints the command's process id and waits. Usage: start-and-wait.ts COMMAND */
import { createNodeProcesses } from "../../src/processes/node-processes.ts";

const [command = ""] = process.argv.slice(2);
await createNodeProcesses().shell(`echo $$; ${command}`, {
  ...{ cwd: "/", env: { PATH: process.env["PATH"] ?? "" }, timeoutMinutes: 5, signal: new AbortController().signal },
  output: (chunk) => process.stdout.write(chunk),
});
