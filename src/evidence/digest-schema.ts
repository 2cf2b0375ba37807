import * as z from "zod/mini";
import { type Digest, digestPattern } from "./digest.ts";

export const digest = z.pipe(
  z.string().check(z.regex(digestPattern)),
  z.transform((value) => value as Digest),
);
