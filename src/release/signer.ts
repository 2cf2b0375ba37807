/** Signs a statement. @returns the text of a Sigstore bundle v0.3 with a DSSE envelope over it */
export type SignStatement = (statement: string) => Promise<string>;

/** Whoever is expected to have signed. */
export interface ExpectedSigner {
  /** Ends a sentence: "signed with this key …". */
  who: string;
  /** A sentence: what only a person can know though the signature holds. */
  unseen: string;
  /** @throws UsageError when the bundle cannot be read, or was made in another way than expected */
  verify(bundle: string): Promise<VerifiedSignature>;
}

/** What was signed, once the signature is that of whoever was expected; else in what it differs. */
export type VerifiedSignature =
  | {
      statement: string;
      /** `https://github.com/acme/fraud`, where the signer is a workflow's run in it. */
      repository?: string | undefined;
    }
  | { difference: string };
