import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Files } from "../../src/files/files.ts";

/** File of the data folder that the app reads its variables from; registering writes it. */
export const environmentFileName = "app.env";

/** Its variables; none without the file. A key's path in it is relative to the folder, so that the folder can be moved. */
export async function environmentFile(files: Files, folder: string): Promise<NodeJS.Dict<string>> {
  const text = await files.readText(join(folder, environmentFileName), 100_000);
  if (text === undefined) return {};
  const variables = parseEnv(text);
  const key = variables["PRIVATE_KEY_PATH"];
  return key ? { ...variables, PRIVATE_KEY_PATH: resolve(folder, key) } : variables;
}
