import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Workshop } from "../../src/natives/obtain-pinned.ts";

export interface PackageFile {
  path: string;
  content: string;
}

/** A registry on loopback that has one package, and the lock of a project that depends on it. */
export async function startRegistry(name: string, files: readonly PackageFile[]) {
  const folder = mkdtempSync(join(tmpdir(), "assay-registry-"));
  const version = "1.0.0";
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version, main: "index.cjs" }));
  for (const { path, content } of files) writeFileSync(join(folder, path), content);
  const [npm, ...args] = npmProgram();
  const [packed] = JSON.parse(
    execFileSync(npm, [...args, "pack", "--json"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] }).toString(),
  );
  const tarball = readFileSync(join(folder, packed.filename));
  rmSync(folder, { recursive: true });

  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url?.endsWith(".tgz")) return response.end(tarball);
    const dist = { tarball: `${url()}/${name}/-/${name}-${version}.tgz`, integrity: packed.integrity };
    response.setHeader("content-type", "application/json");
    return response.end(
      JSON.stringify({
        name,
        "dist-tags": { latest: version },
        versions: { [version]: { name, version, main: "index.cjs", dist } },
      }),
    );
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const project = { name: "natives", private: true, dependencies: { [name]: version } };
  const lock = {
    name: "natives",
    lockfileVersion: 3,
    requires: true,
    packages: { "": project, [`node_modules/${name}`]: { version, integrity: packed.integrity } },
  };
  return { url: url(), requests, project: JSON.stringify(project), lock: JSON.stringify(lock) };
}

/** The npm of the machine's path: the tests' own Node came without one. */
export function npmProgram(): NonNullable<Workshop["npm"]> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    try {
      const script = realpathSync(join(folder, "npm"));
      if (script.endsWith("npm-cli.js")) return [process.execPath, script];
      return [process.execPath, realpathSync(join(dirname(folder), "lib", "node_modules", "npm", "bin", "npm-cli.js"))];
    } catch {
      // Not in this folder.
    }
  }
  throw new Error("There is no npm on the path.");
}
