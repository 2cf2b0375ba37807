/** What of the reusable workflow differs where the app is who writes: no job may write to a pull request. */
const differences: readonly (readonly [from: string, to: string])[] = [
  [
    "# Called by a user's workflow with one line. Training and evaluation read; only the last job writes, and it runs no code of the\n# repository. Every",
    "# Made of model-ci.yml by scripts/generate.ts, for repositories with Assay's app. Called by a user's workflow with one line. No job\n# may write to a pull request, which is the app's to do; only the last one writes, and it runs no code of the repository.\n# Every",
  ],
  ["name: Model CI\n", "name: Model CI with the app\n"],
  [
    "      pull-requests: write # the comment\n      checks: write # the check\n",
    "      pull-requests: read # the pull request that the app asked about\n",
  ],
];

/** `model-ci-app.yml`. @throws Error when a place that differs is not there */
export function appWorkflow(modelCi: string): string {
  return differences.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`model-ci.yml has to have this once:\n${from}`);
    return text.replace(from, to);
  }, modelCi);
}
