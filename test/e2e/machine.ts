import { execFileSync } from "node:child_process";
import { copyFileSync, linkSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { npmProgram } from "../natives/npm-registry.ts";

/**
 * A machine as a runner's: a Node with its npm beside it and an empty home. npm keeps this machine's own settings, and takes
 * packages out of its cache where they are there, so that no network is needed.
 * @param folder an empty folder
 * @returns its environment
 */
export function createMachine(folder: string): Record<string, string> {
  const [bin, modules, home] = [join(folder, "bin"), join(folder, "lib", "node_modules"), join(folder, "home")];
  for (const path of [bin, modules, home]) mkdirSync(path, { recursive: true });
  link(process.execPath, join(bin, "node"));
  const [node, script] = npmProgram();
  symlinkSync(dirname(dirname(script ?? "")), join(modules, "npm"));
  const setting = (name: string) =>
    execFileSync(node, [script ?? "", "config", "get", name], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  return {
    PATH: [bin, process.env["PATH"]].join(delimiter),
    HOME: home,
    LANG: "C.UTF-8",
    ...Object.fromEntries(["cache", "userconfig", "globalconfig"].map((name) => [`npm_config_${name}`, setting(name)])),
    npm_config_prefer_offline: "true",
  };
}

/** One file with two names where the file system can, since Node is large. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
