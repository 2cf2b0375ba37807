import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
import type { SignStatement } from "../../release/signer.ts";
import type { Records } from "../fetch-run.ts";

/** What a promotion is given. */
export interface PromotionMachine {
  files: Files;
  /** A clone with the repository's history and tags. */
  git: Git;
  github: GitHub;
  records: Records;
  /** `https://github.com`. */
  serverUrl: string;
  /** Signs releases; undefined: they are not signed. */
  sign: SignStatement | undefined;
  /** Of this process: where mirrors are, and their credentials. */
  environment: Readonly<Record<string, string | undefined>>;
  /** One line about what goes on. */
  progress: (line: string) => void;
  now: () => Date;
}
