import * as z from "zod/mini";
import { GitHubError, UsageError } from "../errors/errors.ts";
import { payloadType } from "../release/bundle.ts";
import type { SignStatement } from "../release/signer.ts";
import type { SigstoreInstance } from "./sigstore-instance.ts";

/** For whom the token is: Sigstore's certificate authority takes no other. */
const audience = "sigstore";

const claimsSchema = z.object({ sub: z.string(), repository_visibility: z.optional(z.string()) });

export interface Identity {
  instance: SigstoreInstance;
  /** @returns a JSON Web Token of the identity that signs, for this audience */
  token: (audience: string) => Promise<string>;
}

/**
 * Signs with a key that is forgotten at once, and a certificate that says whose it was: of a workflow, which file at which ref of
 * which repository. That it was used is written into a log, without what was signed.
 */
export function signWithIdentity({ instance, token }: Identity): SignStatement {
  return async (statement) => {
    const jwt = await token(audience);
    checkVisible(jwt, instance);
    const [{ bundleBuilderFromSigningConfig }, { bundleToJSON }, { SigningConfig }] = await Promise.all([
      import("@sigstore/sign"),
      import("@sigstore/bundle"),
      import("@sigstore/protobuf-specs"),
    ]);
    try {
      const builder = bundleBuilderFromSigningConfig({
        signingConfig: SigningConfig.fromJSON(instance.signingConfig),
        identityProvider: { getToken: async () => jwt },
        bundleType: "dsseEnvelope",
        fetchOptions: { timeout: 30_000, retry: { retries: 3, factor: 2, minTimeout: 1000 } },
      });
      const bundle = await builder.create({ data: Buffer.from(statement), type: payloadType });
      return `${JSON.stringify(bundleToJSON(bundle), null, 2)}\n`;
    } catch (error) {
      throw new GitHubError(`Sigstore did not sign: ${reasonOf(error)}. What was done before stays; promote again to go on.`);
    }
  };
}

/** @throws UsageError where signing would tell everybody of a repository that not everybody may see */
function checkVisible(jwt: string, { isPublic }: SigstoreInstance): void {
  const { repository_visibility: visibility = "not known to be public" } = claimsOf(jwt);
  if (!isPublic || visibility === "public") return;
  throw new UsageError(
    `The repository is ${visibility}, and Sigstore's public log would show its name, workflow and commits to everybody. Sign with a key, or name your own Sigstore with \`sigstore-config\`.`,
  );
}

function claimsOf(jwt: string): z.infer<typeof claimsSchema> {
  const parsed = z.safeParse(claimsSchema, parseJson(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()));
  if (parsed.success) return parsed.data;
  // What was got may be a secret: it is not repeated.
  throw new GitHubError("The token of this job's identity cannot be read: it is no JSON Web Token with a subject.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sigstore's errors say what was to be done, and what they come from says why it was not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error && !error.message.includes(error.cause.message) ? ` (${error.cause.message})` : "";
  return `${error.message}${cause}`;
}
