const required = new Set((process.env["ASSAY_REQUIRE"] ?? "").split(/[\s,]+/));

/**
 * What a test needs of the machine beside Node, npm and git. Where it is missing the test is skipped, with its reason on
 * stderr, unless `ASSAY_REQUIRE` names it: CI skips nothing.
 * @param missing why it cannot be used here; undefined when it can
 * @returns whether to skip
 */
export function skipWithout(
  name:
    | "chromium"
    | "cyclonedx"
    | "dvc"
    | "git-lfs"
    | "gto"
    | "huggingface-hub"
    | "mlflow"
    | "model-signing"
    | "postgresql"
    | "python"
    | "ray"
    | "tfjs-node",
  what: string,
  missing: string | undefined,
): boolean {
  if (missing === undefined) return false;
  if (required.has(name)) throw new Error(`ASSAY_REQUIRE names ${name}, and it cannot be used here: ${missing}`);
  process.stderr.write(`\nSKIPPED: ${what}, because ${missing}\n`);
  return true;
}
