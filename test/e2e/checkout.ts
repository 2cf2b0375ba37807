import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const modelCi = readFileSync(join(import.meta.dirname, "..", "..", ".github", "workflows", "model-ci.yml"), "utf8");

/** The checkout action as our workflows name it. */
export const checkoutAction = /actions\/checkout@[0-9a-f]{40}/.exec(modelCi)?.[0] ?? "";

/**
 * Stands in for GitHub's checkout action, which cannot be had without a network: the commit of the event, or the ref that it is given.
 * @param folder an empty folder, which becomes the action
 * @param gitFolder of the repository that is checked out
 */
export function makeCheckout(folder: string, gitFolder: string): void {
  mkdirSync(folder);
  writeFileSync(
    join(folder, "action.yml"),
    `name: Checkout
description: Checks the commit of the event out, or the ref that it is given.
inputs:
  ref: { description: What to check out, default: "" }
  persist-credentials: { description: There are none, default: "false" }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        REF: \${{ inputs.ref }}
        FROM: ${JSON.stringify(`file://${gitFolder}`)}
      run: |
        git init --quiet .
        git remote add origin "$FROM"
        git fetch --quiet --depth=1 origin "\${REF:-$GITHUB_SHA}"
        git checkout --quiet --force FETCH_HEAD
`,
  );
}
