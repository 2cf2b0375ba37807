import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";

/** Where a certificate for an identity is had, and where it is logged that it was used. */
export interface SigstoreInstance {
  /** What is logged there, anybody can read. */
  isPublic: boolean;
  /** JSON of Sigstore's `SigningConfig`. */
  signingConfig: object;
}

const publicService = (url: string) => ({
  url,
  majorApiVersion: 1,
  validFor: { start: "2022-04-13T20:06:15Z" },
  operator: "sigstore.dev",
});

/** The one that Sigstore's community runs for everybody. */
export const publicInstance: SigstoreInstance = {
  isPublic: true,
  signingConfig: {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    caUrls: [publicService("https://fulcio.sigstore.dev")],
    rekorTlogUrls: [publicService("https://rekor.sigstore.dev")],
    rekorTlogConfig: { selector: "ANY" },
  },
};

const services = z.array(z.looseObject({ url: z.url({ protocol: /^https?$/ }) })).check(z.minLength(1));
const clientTrustConfig = z.object({
  mediaType: z.string().check(z.startsWith("application/vnd.dev.sigstore.clienttrustconfig.")),
  signingConfig: z.looseObject({ caUrls: services, rekorTlogUrls: services }),
});

/**
 * A team's own instance.
 * @param text client trust configuration, as other clients of Sigstore read it with `--trust-config`
 * @throws UsageError for any other text
 */
export function parseSigstoreInstance(text: string, file: string): SigstoreInstance {
  const parsed = z.safeParse(clientTrustConfig, parseJson(text));
  if (parsed.success) return { isPublic: false, signingConfig: parsed.data.signingConfig };
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `${file} is no client trust configuration of Sigstore (${issue?.path.join(".")}: ${issue?.message}). It has a \`signingConfig\` with \`caUrls\` and \`rekorTlogUrls\`, and a \`trustedRoot\`.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
