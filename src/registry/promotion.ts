import type { AssayError } from "../errors/errors.ts";
import type { Digest } from "../evidence/digest.ts";
import type { BreakGlass } from "./break-glass.ts";

/** How it ended that a version was to come into a stage, or the stage to go back to it. */
export type Promotion =
  /** Each a sentence. */
  | { outcome: "refused"; stage: string; reasons: readonly string[] }
  | {
      outcome: "promoted";
      stage: string;
      /** Nothing was to be done. */
      wasThere: boolean;
      release: string;
      /** Of its `SHA256SUMS`. */
      sums: Digest;
      stageTag: string;
      approvedBy: readonly string[];
      /** Judgement spoke against it, and two owners asked for it all the same: now, or when a version came that the stage goes back to. */
      breakGlass?: BreakGlass | undefined;
      /** What failed once the stage had the version: it has it all the same, and promoting again does what is left. */
      afterwards: readonly AssayError[];
    };
