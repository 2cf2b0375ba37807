import { join } from "node:path";
import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import { paperNames } from "../../release/asset-names.ts";
import type { ExpectedSigner } from "../../release/signer.ts";
import { downloadRelease } from "./download-release.ts";
import { readEmergencies } from "./verify-break-glass.ts";
import { verifyOnGitHub } from "./verify-on-github.ts";
import { type Verification, verifyRelease } from "./verify-release.ts";

export interface VerifyVersionRequest {
  /** Of the version: `fraud@v1.2.0`. */
  tag: string;
  /** Whoever has to have signed it; undefined: nobody is asked for. */
  signer: ExpectedSigner | undefined;
}

export interface VerifyMachine {
  files: Files;
  /** A clone of the repository. */
  git: Git;
  github: GitHub;
}

/** Downloads a version's release, checks its files as without network, and then holds them against what GitHub has. */
export async function verifyVersion({ tag, signer }: VerifyVersionRequest, machine: VerifyMachine): Promise<Verification> {
  const { files, git, github } = machine;
  const temporary = await files.makeTemporaryFolder("assay-verify-");
  try {
    const folder = join(temporary, "release");
    await files.makeFolder(folder);
    await downloadRelease(tag, folder, github);
    const looked = await verifyRelease({ folder, signer }, files);
    const { release, evidence } = looked;
    if (looked.wrong.length > 0 || !release || !evidence) return looked;
    if (release.tag.name !== tag) return { ...looked, wrong: [`The release of ${tag} has the files of ${release.tag.name}.`] };
    const { digest: sums } = await files.digest(join(folder, paperNames.sums));
    const there = await verifyOnGitHub({ release, evidence, sums, git, files, github });
    return {
      ...looked,
      holds: [...looked.holds, ...there.holds],
      wrong: there.wrong,
      notProof: there.notProof,
      emergencies: [
        ...(looked.emergencies ?? []),
        ...(await readEmergencies(release, github)).filter(
          ({ stage }) => !looked.emergencies?.some((told) => told.stage === stage),
        ),
      ],
      isUnproven: !there.isVouched && signer === undefined,
      notLookedAt: [...there.notLookedAt, ...looked.notLookedAt.filter((sentence) => !sentence.startsWith("GitHub: "))],
    };
  } finally {
    await files.remove(temporary);
  }
}
