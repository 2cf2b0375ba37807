import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { UsageError } from "../../src/errors/errors.ts";
import type { Files } from "../../src/files/files.ts";
import { reasonOf } from "./data-folder.ts";

/** File of the data folder that the app reads its variables from; registering writes it. */
export const environmentFileName = "app.env";

/** Its variables; none without the file. A key's path in it is relative to the folder, so that the folder can be moved. @throws UsageError */
export async function environmentFile(files: Files, folder: string): Promise<NodeJS.Dict<string>> {
  const path = join(folder, environmentFileName);
  const text = await files.readText(path, 100_000).catch((cause: unknown) => {
    throw new UsageError(
      `${path} cannot be read: ${reasonOf(cause)}. It has to be the file that registering wrote, of the user that this runs as.`,
      { cause },
    );
  });
  if (text === undefined) return {};
  const variables = parseEnv(text);
  const key = variables["PRIVATE_KEY_PATH"];
  return key ? { ...variables, PRIVATE_KEY_PATH: resolve(folder, key) } : variables;
}
