import { createHash, createPrivateKey, createPublicKey, verify as isSignature, type KeyObject, sign } from "node:crypto";
import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";
import { type Bundle, mediaType, parseBundle, payloadType } from "./bundle.ts";
import type { ExpectedSigner, SignStatement, VerifiedSignature } from "./signer.ts";

/** The digest that goes with a curve, as Sigstore's specification pairs them. */
const hashes: Readonly<Record<string, string>> = { prime256v1: "sha256", secp384r1: "sha384", secp521r1: "sha512" };

const keyMaterial = z.object({ publicKey: z.object({ hint: z.string().check(z.maxLength(200)) }) });
type KeyBundle = Bundle<typeof keyMaterial>;

/**
 * Signs with a key, which a verifier is given the public part of.
 * @param privateKey PEM of an elliptic curve key: P-256, P-384 or P-521
 * @throws UsageError for any other key
 */
export function signWithKey(privateKey: string): SignStatement {
  const key = readKey(() => createPrivateKey(privateKey), "private");
  const hash = hashOf(key);
  return async (statement) => {
    const payload = Buffer.from(statement);
    const bundle = {
      mediaType,
      verificationMaterial: { publicKey: { hint: hintOf(createPublicKey(key)) }, tlogEntries: [] },
      dsseEnvelope: {
        payload: payload.toString("base64"),
        payloadType,
        signatures: [{ sig: sign(hash, preAuthenticated(payload), key).toString("base64"), keyid: "" }],
      },
    };
    return `${JSON.stringify(bundle, null, 2)}\n`;
  };
}

/**
 * Whoever has the key.
 * @param publicKey PEM
 * @throws UsageError for a key that cannot be used
 */
export function expectKey(publicKey: string): ExpectedSigner {
  // Its public part could be taken, but whoever verifies should not have it.
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(publicKey))
    throw new UsageError(
      "This is a private key, which is for signing alone. Give its public part: openssl pkey -in key.pem -pubout -out key.pub.pem.",
    );
  const key = readKey(() => createPublicKey(publicKey), "public");
  const hash = hashOf(key);
  return {
    who: `with this key (SHA-256 ${hintOf(key)})`,
    unseen: "Whose key it is: compare it with the one that the team publishes.",
    verify: async (bundle) => verify(parseBundle(bundle, keyMaterial, "a key"), key, hash),
  };
}

function verify({ verificationMaterial, dsseEnvelope }: KeyBundle, key: KeyObject, hash: string): VerifiedSignature {
  if (verificationMaterial.publicKey.hint !== hintOf(key))
    return { difference: "The signature was made with another key: the hint in it is not this public key's." };
  const payload = Buffer.from(dsseEnvelope.payload, "base64");
  const signature = Buffer.from(dsseEnvelope.signatures[0]?.sig ?? "", "base64");
  if (!isSignature(hash, preAuthenticated(payload), key, signature))
    return { difference: "The signature is not over what it holds, or was not made with this key." };
  return { statement: payload.toString("utf8") };
}

/** DSSE v1.0.0's pre-authentication encoding. */
function preAuthenticated(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload]);
}

/** SHA-256 of the key's PEM, by which verifiers choose a key. */
function hintOf(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "pem" }))
    .digest("hex");
}

function hashOf(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? "unknown";
  const hash = hashes[curve];
  if (hash === undefined)
    throw new UsageError(
      `The key is of type ${curve}; models are signed with P-256, P-384 or P-521. Make one: openssl ecparam -name prime256v1 -genkey -noout.`,
    );
  return hash;
}

function readKey(read: () => KeyObject, what: string): KeyObject {
  try {
    return read();
  } catch {
    // What was given may be a secret: it is not repeated.
    throw new UsageError(`The ${what} key cannot be read. Give PEM without a password, such as \`openssl ec\` writes.`);
  }
}
