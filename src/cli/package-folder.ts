import { join } from "node:path";

/** Root of Assay's own package: two folders up, from the source and from the bundle alike. */
export const packageFolder = join(import.meta.dirname, "..", "..");
