import { en } from "zod/locales";

/**
 * For `parse` and `safeParse` where people read the issues: zod's small API has no words of its own for what a schema did not
 * word itself.
 */
export const english = { error: en().localeError };
