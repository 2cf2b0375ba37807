import { join } from "node:path";
import { profileLimits } from "../data/profile-schema.ts";
import type { Digest } from "../evidence/digest.ts";
import type { Machine } from "./context.ts";
import type { Records } from "./fetch-run.ts";

/** The text of a profile that is kept beside models; undefined where it is not there any more. */
export async function keptProfile(
  digest: Digest,
  { files }: Pick<Machine, "files">,
  { store }: Pick<Records, "store">,
): Promise<string | undefined> {
  const folder = await files.makeTemporaryFolder("assay-profile-");
  try {
    const file = join(folder, "profile.json");
    return (await store.get(digest, file)) ? await files.readText(file, profileLimits.bytes) : undefined;
  } finally {
    await files.remove(folder);
  }
}
