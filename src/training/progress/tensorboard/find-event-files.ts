import { join } from "node:path";
import type { Files } from "../../../files/files.ts";

const eventFile = /^events\.out\.tfevents\./;
/** Where trainers write them by default; searched first, so that large folders of data beside them do not use the search up. */
const usual = /^(runs?|(lightning_|tb_)?logs?|tb|tensorboard|events|outputs?|results?|checkpoints?|model)$/i;
const skipped = /^(\.|node_modules$|__pycache__$|site-packages$|venv$)/;
const maxDepth = 8;
const maxFolders = 2_000;
const maxEntries = 50_000;

/** Absolute paths of TensorBoard's event files below the folders, in a bounded search that follows no links. */
export async function findEventFiles(files: Files, folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const first = folders.map((path) => ({ path, depth: 0 }));
  const later: typeof first = [];
  let entriesLeft = maxEntries;
  for (let visited = 0; visited < maxFolders && entriesLeft > 0; visited++) {
    const folder = first.shift() ?? later.shift();
    if (!folder) break;
    // What cannot be looked into holds nothing for us.
    const entries = await files.entries(folder.path, entriesLeft).catch(() => []);
    entriesLeft -= entries.length;
    for (const { name, isFolder } of entries) {
      const path = join(folder.path, name);
      if (!isFolder) {
        if (eventFile.test(name)) found.push(path);
      } else if (folder.depth < maxDepth && !skipped.test(name))
        (usual.test(name) ? first : later).push({ path, depth: folder.depth + 1 });
    }
  }
  return found;
}
