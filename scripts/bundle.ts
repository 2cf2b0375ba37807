/**
 * Makes `dist/`: one bundle with lazy chunks, and a tiny main for each front that shares it. Run by `npm run generate`.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "rolldown/utils";
import { pinnedFiles, pinnedFolders } from "../src/natives/pinned.ts";
import { wasmFiles } from "../src/tensorflow/wasm-files.ts";

const root = join(import.meta.dirname, "..");
const build = join(root, "build");
const dist = join(root, "dist");
const fronts = ["plan", "train", "train-post", "evaluate", "drift", "report", "promote", "assay", "user-module"];

function run(program: string, args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, "node_modules", program), ...args], { cwd: root, stdio: "inherit" });
}

/**
 * The action toolkit declares no `sideEffects`, so that a bundler keeps its OIDC client and with it a whole HTTP stack in
 * every cold start (120 ms instead of 30). A copy that declares it stands nearer to the compiled code.
 */
function withoutSideEffects(name: string): void {
  const copy = join(build, "node_modules", name);
  cpSync(join(root, "node_modules", name), copy, { recursive: true, dereference: true });
  const manifest = join(copy, "package.json");
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, "utf8")), sideEffects: false }));
}

/** ncc minifies its first file alone. A third of the size, and less to compile at every cold start. */
async function minifyChunks(): Promise<void> {
  const folder = join(dist, "bundle");
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
    const { code, errors } = await minify(name, readFileSync(join(folder, name), "utf8"), { module: true });
    if (errors.length > 0) throw new Error(`${name} cannot be minified: ${errors[0]?.message}`);
    writeFileSync(join(folder, name), `${code}\n`);
  }
}

rmSync(build, { recursive: true, force: true });
rmSync(dist, { recursive: true, force: true });
run("typescript/bin/tsc", ["-p", "tsconfig.build.json"]);
for (const name of ["@actions/core", "@actions/github"]) withoutSideEffects(name);
run("@vercel/ncc/dist/ncc/cli.js", [
  "build",
  "build/actions/bundle.js",
  "-o",
  "dist/bundle",
  "--quiet",
  "--license",
  "LICENSES.txt",
]);
for (const file of wasmFiles)
  cpSync(join(root, "node_modules", file), join(dist, "bundle", file.slice(file.lastIndexOf("/") + 1)));
for (const folder of Object.values(pinnedFolders))
  for (const file of pinnedFiles)
    cpSync(join(root, "src", "natives", "pinned", folder, file), join(dist, "bundle", "pinned", folder, file));
await minifyChunks();
mkdirSync(dist, { recursive: true });
for (const front of fronts)
  writeFileSync(join(dist, `${front}.js`), `import { start } from "./bundle/index.js";\n\nawait start("${front}");\n`);
cpSync(join(import.meta.dirname, "cli-main.js"), join(dist, "cli.js"));
chmodSync(join(dist, "cli.js"), 0o755);
