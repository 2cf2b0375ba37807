/**
 * Makes `src/natives/pinned/`: of each native package that actions install by themselves the lock, and for each platform the
 * files that loading it needs with their SHA-256. Run after a version changed: `node scripts/pin-natives.ts`. It asks npm's registry.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { pinnedFolders } from "../src/natives/pinned.ts";

const root = join(import.meta.dirname, "..");
const platforms = [
  ["linux", "x64"],
  ["linux", "arm64"],
  ["darwin", "arm64"],
  ["win32", "x64"],
] as const;

/** What is never read when a package is loaded: types, maps, sources, words, install scripts and what those need. */
const notLoaded = /\.(d\.ts|d\.mts|d\.cts|ts|map|md|txt|markdown)$|\/(LICENSE|test|tests|script|lib\/esm|dist\/esm)(\/|$)/i;
const onlyForInstalling = /^node_modules\/(?!@duckdb\/|onnxruntime-|detect-libc\/)/;

const versions: Record<string, string> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies;
for (const [name, folder] of Object.entries(pinnedFolders)) {
  const target = join(root, "src", "natives", "pinned", folder);
  const project = { private: true, dependencies: { [name]: versions[name] } };
  writeFileSync(join(target, "package.json"), `${JSON.stringify(project, null, 2)}\n`);
  const lists = platforms.map(([os, cpu]) => [`${os}-${cpu}`, list(target, os, cpu)]);
  writeFileSync(join(target, "files.json"), `${JSON.stringify(Object.fromEntries(lists), null, 2)}\n`);
}

function list(target: string, os: string, cpu: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "assay-pin-"));
  try {
    copyFileSync(join(target, "package.json"), join(folder, "package.json"));
    const npm = (...args: string[]) =>
      execFileSync("npm", [...args, "--ignore-scripts", "--no-audit"], { cwd: folder, stdio: "pipe" });
    npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved");
    copyFileSync(join(folder, "package-lock.json"), join(target, "package-lock.json"));
    npm("ci", `--os=${os}`, `--cpu=${cpu}`, "--libc=glibc");
    const paths = readdirSync(join(folder, "node_modules"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .filter((path) => !notLoaded.test(path) && !onlyForInstalling.test(path) && !path.startsWith("node_modules/."))
      .filter((path) => !isOfAnotherPlatform(path, os, cpu))
      .sort();
    return Object.fromEntries(
      paths.map((path) => [
        path,
        createHash("sha256")
          .update(readFileSync(join(folder, path)))
          .digest("hex"),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** onnxruntime-node brings the libraries of all platforms. */
function isOfAnotherPlatform(path: string, os: string, cpu: string): boolean {
  const [, ofOs, ofCpu] = /\/bin\/napi-v\d+\/([^/]+)\/([^/]+)\//.exec(path) ?? [];
  return ofOs !== undefined && (ofOs !== os || ofCpu !== cpu);
}
