import { dirname, join } from "node:path";
import { UsageError } from "../../../errors/errors.ts";
import { digestOf, shortDigest } from "../../../evidence/digest.ts";
import type { Files } from "../../../files/files.ts";
import type { EngineWork } from "../../engine.ts";
import { jobScript } from "./job-script.ts";
import { maxZipEntries, type ZipEntry, zip } from "./zip.ts";

/** What a Ray job works on, under a name that follows from its contents. */
export interface RayPackage {
  name: string;
  /** Packed when a cluster lacks it. */
  content(): Uint8Array;
}

/** The folder of ours in a package; git keeps none of that name for a user by chance. */
const ourFolder = ".assay";
export const entrypoint = `python3 ${ourFolder}/job.py`;

/** Ray's API takes 100 MiB: https://docs.ray.io/en/latest/ray-core/handling-dependencies.html */
const maxPackedBytes = 100 * 1_024 ** 2;
/** All of it is read into memory. */
const maxBytes = 1_024 ** 3;

/** @throws UsageError when the files are too large or too many, or one of them is not there */
export async function makePackage(work: EngineWork, files: Files): Promise<RayPackage> {
  const entries: ZipEntry[] = [];
  const links: Record<string, string> = {};
  let bytes = 0;
  for (const { path, mode } of work.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const at = join(work.folder, path);
    if (mode === "160000")
      throw new UsageError(`${path} is a git submodule, whose files do not travel to a cluster. Fetch it in train.setup.`);
    if (path.split("/")[0] === ourFolder)
      throw new UsageError(`${path}: the name ${ourFolder} is Assay's own. Rename the folder.`);
    const link = await files.readLink(at);
    if (link !== undefined) {
      links[path] = link;
      continue;
    }
    const within = await linkedFolder(files, work.folder, path);
    if (within !== undefined)
      throw new UsageError(`${path} lies behind the link ${within}, which may lead out of the repository. Name the file itself.`);
    const size = (await files.stat(at))?.bytes;
    if (size === undefined) throw new UsageError(`${path} is tracked and not on this machine. Check the whole commit out.`);
    bytes += size;
    if (bytes > maxBytes) throw tooLarge("more than 1 GiB");
    entries.push({ path, content: (await files.readBytes(at, maxBytes)) ?? Buffer.alloc(0), executable: mode === "100755" });
  }
  if (entries.length > maxZipEntries - 2)
    throw new UsageError(`${entries.length} files are too many for a cluster's package: at most ${maxZipEntries - 2} travel.`);
  const { setup, run, data, params, outputs } = work;
  const text = (path: string, content: string) => ({
    path: `${ourFolder}/${path}`,
    content: Buffer.from(content),
    executable: false,
  });
  entries.push(text("job.py", jobScript), text("work.json", JSON.stringify({ setup, run, data, params, outputs, links })));
  const listing = entries.map(({ path, content, executable }) => [path, executable, digestOf(content)]);
  return {
    name: `_ray_pkg_assay_${shortDigest(digestOf(JSON.stringify(listing)), 32)}.zip`,
    content() {
      const packed = zip(entries);
      if (packed.length > maxPackedBytes) throw tooLarge(`${Math.ceil(packed.length / 1_024 ** 2)} MiB packed`);
      return packed;
    },
  };
}

function tooLarge(found: string): UsageError {
  return new UsageError(
    `The files of the working directory are ${found}, and a Ray cluster takes 100 MiB. Keep data out of git (DVC, LFS) and fetch it in train.setup, or read it from storage that the cluster sees.`,
  );
}

/** The first of the folders on the way to the file that is a link. */
async function linkedFolder(files: Files, root: string, path: string): Promise<string | undefined> {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder))
    if ((await files.readLink(join(root, folder))) !== undefined) return folder;
  return undefined;
}
