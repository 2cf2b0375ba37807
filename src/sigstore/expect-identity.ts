import * as z from "zod/mini";
import { parseBundle } from "../release/bundle.ts";
import type { ExpectedSigner, VerifiedSignature } from "../release/signer.ts";
import type { ReadTrustedRoots } from "./trusted-roots.ts";

/** Who vouches for the identities of workflows on github.com. */
export const githubIssuer = "https://token.actions.githubusercontent.com";

export interface ExpectedIdentity {
  /** Of a workflow: `https://github.com/acme/fraud/.github/workflows/promote.yml@refs/heads/main`. */
  identity: string;
  /** Who vouched for it when the certificate was given. */
  issuer: string;
  trustedRoots: ReadTrustedRoots;
}

const keyMaterial = z.object({ certificate: z.object({ rawBytes: z.string() }) });

/** Of the repository that the workflow's run was of: Fulcio's "Source Repository URI". */
const sourceRepository = "1.3.6.1.4.1.57264.1.12";

/**
 * An identity, to which Sigstore gave a certificate. Looked at without network: that the certificate is of a trusted authority, in
 * a trusted log of certificates, and was valid when the signature came into a trusted log of signatures; that identity and issuer
 * in it are exactly these.
 */
export function expectIdentity(expected: ExpectedIdentity): ExpectedSigner {
  return {
    who: `by ${expected.identity}, for which ${expected.issuer} vouched`,
    unseen: "What that workflow does: whoever may change it at that ref can make it sign.",
    verify: async (bundle) => verify(bundle, expected),
  };
}

async function verify(text: string, { identity, issuer, trustedRoots }: ExpectedIdentity): Promise<VerifiedSignature> {
  parseBundle(text, keyMaterial, "an identity");
  const signed = await readSigned(text, trustedRoots);
  if ("difference" in signed) return signed;
  // Not by the library's policy, which takes an identity for a pattern.
  if (signed.identity !== identity) return { difference: `It was signed by ${signed.identity}, and not by ${identity}.` };
  if (signed.issuer !== issuer)
    return { difference: `${signed.issuer} vouched for the identity that signed, and not ${issuer}.` };
  return { statement: signed.statement, repository: signed.repository };
}

interface Signed {
  statement: string;
  identity: string | undefined;
  issuer: string | undefined;
  repository: string | undefined;
}

/** What was signed, and whom the certificate names, once certificate, logs and signature hold by one of the roots. */
async function readSigned(text: string, trustedRoots: ReadTrustedRoots): Promise<Signed | { difference: string }> {
  const [{ bundleFromJSON, isBundleWithDsseEnvelope }, { toSignedEntity, toTrustMaterial, Verifier }] = await Promise.all([
    import("@sigstore/bundle"),
    import("@sigstore/verify"),
  ]);
  let difference = "There is no trusted root to verify the signature by.";
  for (const root of await trustedRoots())
    try {
      const bundle = bundleFromJSON(JSON.parse(text));
      // What the library looks at, and nothing that stands beside it in the text.
      if (!isBundleWithDsseEnvelope(bundle)) return { difference: "The signature is over something else than a statement." };
      const { identity } = new Verifier(toTrustMaterial(root)).verify(toSignedEntity(bundle));
      const repository = identity?.oids?.find(({ oid }) => oid?.id.join(".") === sourceRepository)?.value;
      return {
        statement: bundle.content.dsseEnvelope.payload.toString("utf8"),
        identity: identity?.subjectAlternativeName,
        issuer: identity?.extensions?.issuer,
        repository: repository && textOf(repository),
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      difference = `Sigstore's certificate, logs or signature do not hold by the trusted root: ${why}.`;
    }
  return { difference };
}

/** Of a UTF8String in DER, of fewer than 256 bytes. */
function textOf(der: Buffer): string {
  return der.subarray(der[1] === 0x81 ? 3 : 2).toString("utf8");
}
