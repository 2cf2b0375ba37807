import type { Repository } from "../../src/github/github.ts";

/** A GitHub server on loopback with one repository and one open pull request from its branch `change` into `main`. */
export interface TestGitHub {
  apiUrl: string;
  repository: Repository;
  /** What Assay uses. */
  token: string;
  /** Of somebody else who may comment. */
  otherToken: string;
  /** Account of `token`. */
  login: string;
  pullRequest: number;
  mainSha: string;
  headSha: string;
  /** A workflow's token with only these permissions, where the server knows permissions. */
  tokenWith?(permissions: Readonly<Record<string, "read" | "write">>): string;
  close(): Promise<void>;
}
