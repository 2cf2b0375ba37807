import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";

const payloadType = "application/vnd.in-toto+json";
const mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

/** The digest that goes with a curve, as Sigstore's specification pairs them. */
const hashes: Readonly<Record<string, string>> = { prime256v1: "sha256", secp384r1: "sha384", secp521r1: "sha512" };

const maxCharacters = 64 * 1024 * 1024;
const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/));
const bundleSchema = z.object({
  mediaType: z.literal(mediaType),
  verificationMaterial: z.object({ publicKey: z.object({ hint: z.string().check(z.maxLength(200)) }) }),
  dsseEnvelope: z.object({
    payload: base64,
    payloadType: z.literal(payloadType),
    signatures: z.array(z.object({ sig: base64 })).check(z.length(1)),
  }),
});

/**
 * A Sigstore bundle v0.3 with a DSSE envelope over the statement.
 * @param privateKey PEM of an elliptic curve key: P-256, P-384 or P-521
 * @throws UsageError for any other key
 */
export function signStatement(statement: string, privateKey: string): string {
  const key = readKey(() => createPrivateKey(privateKey), "private");
  const payload = Buffer.from(statement);
  const bundle = {
    mediaType,
    verificationMaterial: { publicKey: { hint: hintOf(createPublicKey(key)) }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString("base64"),
      payloadType,
      signatures: [{ sig: sign(hashOf(key), preAuthenticated(payload), key).toString("base64"), keyid: "" }],
    },
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/**
 * What was signed, once the signature is that of this key; else in what it differs.
 * @param publicKey PEM
 * @throws UsageError when the bundle cannot be read
 */
export function verifyStatement(bundle: string, publicKey: string): { statement: string } | { difference: string } {
  const key = readKey(() => createPublicKey(publicKey), "public");
  const parsed = z.safeParse(bundleSchema, parseJson(bundle));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`This is no Sigstore bundle v0.3 signed with a key (${issue?.path.join(".")}: ${issue?.message}).`);
  }
  const { verificationMaterial, dsseEnvelope } = parsed.data;
  if (verificationMaterial.publicKey.hint !== hintOf(key))
    return { difference: "The signature was made with another key: the hint in it is not this public key's." };
  const payload = Buffer.from(dsseEnvelope.payload, "base64");
  const signature = Buffer.from(dsseEnvelope.signatures[0]?.sig ?? "", "base64");
  if (!verify(hashOf(key), preAuthenticated(payload), key, signature))
    return { difference: "The signature is not over what it holds, or was not made with this key." };
  return { statement: payload.toString("utf8") };
}

/** DSSE v1.0.0's pre-authentication encoding. */
function preAuthenticated(payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `), payload]);
}

/**
 * By which a key is told from others: SHA-256 of its PEM, as signatures name it.
 * @param publicKey PEM
 * @throws UsageError for a key that cannot be used
 */
export function fingerprintOf(publicKey: string): string {
  const key = readKey(() => createPublicKey(publicKey), "public");
  hashOf(key);
  return hintOf(key);
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

function parseJson(text: string): unknown {
  if (text.length > maxCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
