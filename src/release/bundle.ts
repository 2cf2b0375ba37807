import * as z from "zod/mini";
import { UsageError } from "../errors/errors.ts";

export const payloadType = "application/vnd.in-toto+json";
export const mediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

const maxCharacters = 64 * 1024 * 1024;
const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/));
const dsseEnvelope = z.object({
  payload: base64,
  payloadType: z.literal(payloadType),
  signatures: z.array(z.object({ sig: base64 })).check(z.length(1)),
});

const schemaWith = <Material extends z.ZodMiniType>(verificationMaterial: Material) =>
  z.object({ mediaType: z.literal(mediaType), verificationMaterial, dsseEnvelope });
/** @typeParam Material by what it is verified, which depends on who signs */
export type Bundle<Material extends z.ZodMiniType> = z.infer<ReturnType<typeof schemaWith<Material>>>;

/**
 * A Sigstore bundle v0.3 over an in-toto statement.
 * @param material by what it is verified, which depends on who signs
 * @param by who that is, in an error
 * @throws UsageError for any other text
 */
export function parseBundle<Material extends z.ZodMiniType>(text: string, material: Material, by: string): Bundle<Material> {
  const parsed = z.safeParse(schemaWith(material), parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`This is no Sigstore bundle v0.3 signed with ${by} (${issue?.path.join(".")}: ${issue?.message}).`);
}

function parseJson(text: string): unknown {
  if (text.length > maxCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
