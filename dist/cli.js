#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Assay needs Node 24, as GitHub's runners have. An older one hands over to the Node in Assay's own node_modules.
const newest = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
if (Number(process.versions.node.split(".")[0]) >= 24) {
  const { start } = await import("./bundle/index.js");
  await start("cli");
} else if (existsSync(newest)) {
  const child = spawn(newest, process.argv.slice(1), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => {
      // From a terminal both processes get Ctrl-C; a second one would end the child at once.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    });
  child.on("close", (code, signal) => {
    if (signal) process.removeAllListeners(signal);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
} else {
  process.stderr.write(
    `assay needs Node 24 or later, and this is ${process.versions.node}. Run it as: npx node@24 ${process.argv[1]}\n`,
  );
  process.exitCode = 2;
}
