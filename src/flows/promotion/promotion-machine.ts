import type { Files } from "../../files/files.ts";
import type { Git } from "../../git/git.ts";
import type { GitHub } from "../../github/github.ts";
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
  /** PEM of an elliptic curve key that releases are signed with; undefined: they are not. */
  signingKey: string | undefined;
  /** Of this process: where mirrors are, and their credentials. */
  environment: Readonly<Record<string, string | undefined>>;
  /** One line about what goes on. */
  progress: (line: string) => void;
  now: () => Date;
}
