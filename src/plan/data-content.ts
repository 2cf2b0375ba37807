/** A data file, or a folder of very many, and what it holds. */
export interface DataContent {
  name: string;
  /** `git:<blob>`, `lfs:sha256:<oid>`, `dvc:md5:<md5>`, `submodule:<commit>`, or `sha256:…` over many of them. */
  id: string;
  /** Of what is not in git itself: where it belongs, from the repository's root. */
  file?: string;
}

export type DataIds =
  | {
      kind: "pinned";
      contents: readonly DataContent[] /** Files whose own content then no longer counts. */;
      readFrom: readonly string[];
    }
  /** `why` follows the path in a sentence. */
  | { kind: "unpinned"; why: string };
