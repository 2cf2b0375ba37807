import { createHash } from "node:crypto";
import { MissingDataError, UsageError } from "../errors/errors.ts";
import type { GitHub } from "../github/github.ts";
import type { Artifact } from "../github/runs.ts";
import type { ReadKept } from "./collect-evidence.ts";

/** Of an uploaded file the text: the newest of that name, held against what GitHub says of its bytes. */
export function readArtifact({ artifacts: api }: GitHub, artifacts: readonly Artifact[]): ReadKept {
  return async (name, maxBytes) => {
    const found = artifacts.find((artifact) => artifact.name === name);
    if (!found) return undefined;
    if (found.expired) throw new MissingDataError(`${name} has expired. Run the workflow again.`);
    if (found.bytes > maxBytes) throw new UsageError(`${name} has ${found.bytes} bytes, and at most ${maxBytes} are read.`);
    const bytes = await api.download(found.id, maxBytes);
    if (isAsRecorded(found, bytes)) return bytes.toString("utf8");
    // Bytes can be lost on the way.
    const again = await api.download(found.id, maxBytes);
    if (isAsRecorded(found, again)) return again.toString("utf8");
    throw new UsageError(`${name} is not what was uploaded: it has ${digestOf(again)}, and GitHub recorded ${found.digest}.`);
  };
}

function isAsRecorded({ digest }: Artifact, bytes: Buffer): boolean {
  return digest === undefined || digest === digestOf(bytes);
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
