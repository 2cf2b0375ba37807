import { createHash } from "node:crypto";

/** RFC 9562's namespace for URLs. */
const urlNamespace = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/** UUID version 5 of a URL: the same name, the same UUID. */
export function uuidOfUrl(url: string): string {
  const hash = createHash("sha1")
    .update(Buffer.from(urlNamespace.replaceAll("-", ""), "hex"))
    .update(url)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
