export interface Contents {
  /** Bytes of the file at the commit or branch; undefined when there is none. */
  read(path: string, ref: string): Promise<{ bytes: Buffer; blobSha: string } | undefined>;
  /**
   * Writes one new file with one commit on the branch, which must be there.
   * @returns "conflict" when the branch moved meanwhile (409), "exists" when there is such a file already
   */
  create(request: { branch: string; path: string; content: string; message: string }): Promise<"created" | "conflict" | "exists">;
  /** Creates an orphan branch whose first commit holds one file; "exists" when it is there. */
  createOrphanBranch(request: { branch: string; path: string; content: string; message: string }): Promise<"created" | "exists">;
  /** Commit id of a branch's tip. */
  branchTip(branch: string): Promise<string | undefined>;
  /** Whether `ancestor` lies on the way to `ref`. */
  isAncestor(ancestor: string, ref: string): Promise<boolean>;
  defaultBranch(): Promise<string>;
  /** False also when there is no such branch. */
  isProtected(branch: string): Promise<boolean>;
}
