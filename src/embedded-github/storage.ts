import { createWriteStream } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Answer, Call, Route } from "./route.ts";
import { type State, sign } from "./state.ts";

/**
 * The blob storage behind artifacts and release assets, as far as the Azure client of `@actions/artifact` speaks it:
 * staged blocks and their list, or one PUT; plain and ranged GET. Who has a signed URL needs nothing else.
 */
export const storageRoutes: readonly Route[] = [
  { method: "PUT", pattern: "/_storage/blobs/{name}", anyOf: ["none"], handle: putBlob },
  { method: "GET", pattern: "/_storage/blobs/{name}", anyOf: ["none"], handle: getBlob },
  { method: "HEAD", pattern: "/_storage/blobs/{name}", anyOf: ["none"], handle: getBlob },
];

const downloadMs = 60_000;
const uploadMs = 3_600_000;

/** Where the file can be read for one minute. */
export function signedUrl(state: State, blob: { file: string; contentType: string; fileName: string }): string {
  return blobUrl(state, blob.file, "r", Date.now() + downloadMs, { rsct: blob.contentType, rscd: blob.fileName });
}

/** Where the file can be written for one hour. */
export function signedUploadUrl(state: State, file: string): string {
  return blobUrl(state, file, "w", Date.now() + uploadMs, {});
}

function blobUrl(state: State, file: string, access: "r" | "w", expires: number, more: Readonly<Record<string, string>>): string {
  const url = new URL(`${state.url}/_storage/blobs/${basename(file)}`);
  for (const [key, value] of Object.entries({ sp: access, se: String(expires), ...more })) url.searchParams.set(key, value);
  url.searchParams.set("sig", sign(state, signedText(url)));
  return url.href;
}

/** The path and the signed parameters; the client adds its own beside them. */
function signedText(url: URL): string {
  return [url.pathname, ...["sp", "se", "rsct", "rscd"].map((key) => url.searchParams.get(key) ?? "")].join("\n");
}

function refusal(call: Call, access: "r" | "w"): Answer | undefined {
  const query = call.url.searchParams;
  const valid = query.get("sig") === sign(call.state, signedText(call.url)) && query.get("sp") === access;
  if (valid && Number(query.get("se")) >= Date.now()) return undefined;
  return storageError(403, "AuthenticationFailed", "Server failed to authenticate the request.");
}

function storageError(status: number, code: string, message: string): Answer {
  const xml = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, bytes: Buffer.from(xml), headers: { "content-type": "application/xml", "x-ms-error-code": code } };
}

async function putBlob(call: Call): Promise<Answer> {
  const refused = refusal(call, "w");
  if (refused) return refused;
  const file = join(call.state.folder, "blobs", call.param("name"));
  const blocks = `${file}.blocks`;
  const comp = call.url.searchParams.get("comp");
  if (comp === "block") {
    await mkdir(blocks, { recursive: true });
    await writeFile(join(blocks, blockName(call.url.searchParams.get("blockid") ?? "")), call.body);
  } else if (comp === "blocklist") {
    const ids = [...call.body.toString("utf8").matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)].map(
      (found) => found[1] ?? "",
    );
    try {
      await pipeline(concatenate(ids.map((id) => join(blocks, blockName(id)))), createWriteStream(file));
    } catch (error) {
      if (!isMissing(error)) throw error;
      return storageError(400, "InvalidBlockList", "The specified block list is invalid.");
    }
    await rm(blocks, { recursive: true, force: true });
  } else if (comp === null && call.headers["x-ms-blob-type"] === "BlockBlob") {
    await writeFile(file, call.body);
  } else {
    return storageError(400, "InvalidQueryParameterValue", `comp=${comp} is not known here.`);
  }
  return {
    status: 201,
    headers: { etag: `"${call.state.nextId()}"`, "last-modified": new Date().toUTCString(), "x-ms-version": "2024-11-04" },
  };
}

async function* concatenate(files: readonly string[]) {
  for (const file of files) yield await readFile(file);
}

function blockName(id: string): string {
  return Buffer.from(id).toString("base64url");
}

async function getBlob(call: Call): Promise<Answer> {
  const refused = refusal(call, "r");
  if (refused) return refused;
  const path = join(call.state.folder, "blobs", call.param("name"));
  let size: number;
  try {
    size = (await stat(path)).size;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return storageError(404, "BlobNotFound", "The specified blob does not exist.");
  }
  const fileName = encodeURIComponent(call.url.searchParams.get("rscd") ?? "artifact");
  const headers = {
    "content-type": call.url.searchParams.get("rsct") ?? "application/octet-stream",
    "content-disposition": `attachment; filename="${fileName}"; filename*=UTF-8''${fileName}`,
    "accept-ranges": "bytes",
  };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(call.headers.range ?? "") ?? [];
  if (first === undefined) return { status: 200, headers, file: { path, start: 0, end: size - 1 } };
  const start = Number(first);
  const end = last ? Math.min(Number(last), size - 1) : size - 1;
  if (start > end) return storageError(416, "InvalidRange", "The range specified is invalid.");
  return { status: 206, headers: { ...headers, "content-range": `bytes ${start}-${end}/${size}` }, file: { path, start, end } };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
