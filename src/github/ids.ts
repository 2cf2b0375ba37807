import * as z from "zod/mini";

/** GitHub's ids and numbers begin at 1. */
export const idSchema = z.int().check(z.gte(1));

/** Of a commit, in either of git's hashes. */
export const shaSchema = z.string().check(z.regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/));
