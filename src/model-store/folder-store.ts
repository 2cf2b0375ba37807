import { join } from "node:path";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { Files } from "../files/files.ts";
import { assetName } from "./asset-name.ts";
import type { ModelStore } from "./model-store.ts";

/** A folder, such as one that all runners mount: `<folder>/sha256-<hex>`. */
export function createFolderStore(files: Files, folder: string): ModelStore {
  return {
    has: (digest) => files.exists(join(folder, assetName(digest))),
    async put(digest, file) {
      const target = join(folder, assetName(digest));
      // A copy that broke off is made again.
      if ((await files.exists(target)) && (await files.digest(target)).digest === digest) return;
      const actual = (await files.digest(file)).digest;
      if (actual !== digest)
        throw new UsageError(`${file} should be ${digest}, but its bytes are ${actual}. It was changed or cut off.`);
      await files.makeFolder(folder);
      await files.copy(file, target);
    },
    async get(digest, file) {
      const source = join(folder, assetName(digest));
      if (!(await files.exists(source))) return false;
      await files.copy(source, file);
      const actual = (await files.digest(file)).digest;
      if (actual === digest) return true;
      await files.remove(file);
      throw new MissingDataError(`${source} is damaged: its bytes are ${actual}. Delete it; the model is then trained again.`);
    },
  };
}
