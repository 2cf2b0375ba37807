import { createHash, generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult, sign, X509Certificate } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  fulcioHandler,
  initializeCA,
  initializeCTLog,
  initializeTLog,
  initializeTSA,
  rekorHandler,
  tsaHandler,
} from "@sigstore/mock";
import { onTestFinished } from "vitest";
import * as z from "zod/mini";

/** Of the workflow that the tests' tokens are of. */
export const identity = "https://github.com/acme/risk-models/.github/workflows/promote.yml@refs/heads/main";
export const issuer = "https://token.actions.githubusercontent.com";

const entrySchema = z.object({
  spec: z.object({ proposedContent: z.object({ envelope: z.string(), verifiers: z.array(z.string()) }) }),
});
const envelopeSchema = z.object({ payload: z.string(), signatures: z.array(z.object({ sig: z.string() })) });

const loggedSchema = z.record(
  z.string(),
  z.looseObject({ body: z.string(), logID: z.string(), verification: z.looseObject({}) }),
);

const sha256 = (bytes: string | Buffer) => ({
  algorithm: "sha256",
  value: createHash("sha256").update(bytes).digest("hex"),
});

const canonicalPem = (pem: string) => Buffer.from(new X509Certificate(Buffer.from(pem, "base64")).toString()).toString("base64");

/** What Rekor logs of a proposed entry; Sigstore's mock of it logs the proposal. */
function canonicalEntry(proposed: string): string {
  const { spec } = entrySchema.parse(JSON.parse(proposed));
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = envelopeSchema.parse(JSON.parse(envelope));
  return JSON.stringify({
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      envelopeHash: sha256(envelope),
      payloadHash: sha256(Buffer.from(payload, "base64")),
      signatures: signatures.map(({ sig }, at) => ({ signature: sig, verifier: canonicalPem(verifiers[at] ?? "") })),
    },
  });
}

/**
 * The mock's log has this entry alone, so that its proof is empty, which Sigstore's client for Python does not read. Here another one
 * comes before it.
 */
function asSecondEntry(logged: unknown, origin: string, privateKey: KeyObject) {
  const hash = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
  return Object.fromEntries(
    Object.entries(loggedSchema.parse(logged)).map(([uuid, entry]) => {
      const first = hash(Buffer.from([0]), Buffer.from("the first entry"));
      const second = hash(Buffer.from([0]), Buffer.from(entry.body, "base64"));
      const root = hash(Buffer.from([1]), first, second);
      const note = `${origin} - 1\n2\n${root.toString("base64")}\n`;
      const signature = Buffer.concat([
        Buffer.from(entry.logID, "hex").subarray(0, 4),
        sign("sha256", Buffer.from(note), privateKey),
      ]);
      const checkpoint = `${note}\n\u2014 ${origin} ${signature.toString("base64")}\n`;
      const inclusionProof = {
        ...{ logIndex: 1, treeSize: 2, rootHash: root.toString("hex"), hashes: [first.toString("hex")], checkpoint },
      };
      return [uuid, { ...entry, verification: { ...entry.verification, inclusionProof } }];
    }),
  );
}

/** A token as GitHub gives one to a job; nobody looks at its signature here. */
export function tokenOf(claims: object = {}): string {
  const all = {
    ...{ sub: identity, iss: issuer, aud: "sigstore", repository: "acme/risk-models", repository_visibility: "public" },
    ...claims,
  };
  return ["{}", JSON.stringify(all), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

export interface MockSigstore {
  url: string;
  /** As other clients of Sigstore read it, for signing and verifying. */
  config: object;
  trustedRoot: object;
  /** Paths that were asked for. */
  requests: string[];
  /** By which a job asks GitHub for its identity's token, and gets one here. */
  machine: Readonly<Record<string, string>>;
}

interface Options {
  /** Certificates come into no log. */
  withoutCertificateLog?: boolean;
  /** When signatures come into the log, other than now. */
  logClock?: Date;
  /** Signatures get a timestamp too. */
  withTimestamps?: boolean;
  /** Of the token that a job gets, beside those of every token. */
  claims?: object;
}

const tokenPath = "/token?api-version=2.0&audience=sigstore";
const service = (url: string) => ({ url, majorApiVersion: 1, validFor: { start: "2022-01-01T00:00:00Z" }, operator: "mock" });
const base64 = (bytes: Uint8Array | ArrayBufferView) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");

/** Sigstore's own mocks of its services, on loopback, with keys of their own. */
export async function startSigstore(options: Options = {}): Promise<MockSigstore> {
  const keys: KeyPairKeyObjectResult = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const [ctlog, tsa] = await Promise.all([initializeCTLog(keys), initializeTSA(keys)]);
  const ca = await initializeCA(keys, options.withoutCertificateLog ? undefined : ctlog);
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    requests.push(request.url ?? "");
    if (request.url === tokenPath && request.headers.authorization === "Bearer request-token")
      return response.end(JSON.stringify({ value: tokenOf(options.claims) }));
    const handler = handlers.find(({ path }) => path === request.url);
    const body = await text(request);
    const answer = await handler?.fn(handler === rekor ? canonicalEntry(body) : body);
    response.writeHead(answer?.statusCode ?? 404, { "content-type": answer?.contentType ?? "text/plain" });
    response.end(answer?.response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tlog = await initializeTLog(url, keys, options.logClock);
  const rekor = rekorHandler({
    ...tlog,
    log: async (entry) => asSecondEntry(await tlog.log(entry), new URL(url).host, keys.privateKey),
  });
  const handlers = [fulcioHandler(ca), rekor, tsaHandler(tsa)];

  const validFor = { start: "2022-01-01T00:00:00Z" };
  const log = (publicKey: Buffer, logId: string) => ({
    ...{ baseUrl: url, hashAlgorithm: "SHA2_256", logId: { keyId: logId } },
    publicKey: { rawBytes: base64(publicKey), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor },
  });
  const authority = (...certificates: ArrayBufferView[]) => ({
    ...{ uri: url, validFor, subject: { organization: "sigstore.mock", commonName: "sigstore" } },
    certChain: { certificates: certificates.map((certificate) => ({ rawBytes: base64(certificate) })) },
  });
  const trustedRoot = {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [log(tlog.publicKey, createHash("sha256").update(tlog.publicKey).digest("base64"))],
    certificateAuthorities: [authority(ca.rootCertificate)],
    ctlogs: [log(ctlog.publicKey, base64(ctlog.logID))],
    timestampAuthorities: [authority(tsa.intCertificate, tsa.rootCertificate)],
  };
  const signingConfig = {
    mediaType: "application/vnd.dev.sigstore.signingconfig.v0.2+json",
    ...{ caUrls: [service(url)], oidcUrls: [service(url)], rekorTlogUrls: [service(url)], rekorTlogConfig: { selector: "ANY" } },
    ...(options.withTimestamps && { tsaUrls: [service(`${url}/api/v1/timestamp`)], tsaConfig: { selector: "ANY" } }),
  };
  const config = { mediaType: "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json", trustedRoot, signingConfig };
  const machine = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  };
  return { url, config, trustedRoot, requests, machine };
}
