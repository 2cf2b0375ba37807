import type { TrustedRoot } from "@sigstore/protobuf-specs";
import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";

const rootSchema = z.looseObject({
  mediaType: z.string().check(z.regex(/^application\/vnd\.dev\.sigstore\.trustedroot[+.]/)),
  certificateAuthorities: z.array(z.unknown()).check(z.minLength(1)),
});
const configSchema = z.object({ trustedRoot: rootSchema });

/** Of a Sigstore: the authorities whose certificates count, and the logs' keys. */
export type ReadTrustedRoots = () => Promise<readonly TrustedRoot[]>;

/** That of Sigstore's public instance, as the release of Sigstore's own client that Assay is built with brings it. */
export const publicRoots: ReadTrustedRoots = async () => {
  const { default: seeds } = await import("@sigstore/tuf/seeds.json", { with: { type: "json" } });
  const target = seeds["https://tuf-repo-cdn.sigstore.dev"].targets["trusted_root.json"];
  return [await decode(JSON.parse(Buffer.from(target, "base64").toString()))];
};

/**
 * Those of a file: a trusted root, several of them one a line, or a client trust configuration.
 * @throws UsageError for any other text
 */
export async function parseTrustedRoots(text: string, file: string): Promise<readonly TrustedRoot[]> {
  const whole = parseJson(text);
  const parts = whole === undefined ? text.trim().split("\n").map(parseJson) : [whole];
  return Promise.all(
    parts.map(async (part) => {
      const config = z.safeParse(configSchema, part);
      const root = z.safeParse(rootSchema, config.success ? config.data.trustedRoot : part);
      if (root.success)
        try {
          return await decode(root.data);
        } catch {
          // Told as the rest.
        }
      throw new UsageError(
        `${file} holds no trusted root of Sigstore. Give a trusted_root.json, what \`gh attestation trusted-root\` prints, or a client trust configuration.`,
      );
    }),
  );
}

async function decode(root: object): Promise<TrustedRoot> {
  const { TrustedRoot } = await import("@sigstore/protobuf-specs");
  return TrustedRoot.fromJSON(root);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
