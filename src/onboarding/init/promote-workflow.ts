/** Where `assay init --promote` writes it. */
export const promoteWorkflowPath = ".github/workflows/promote.yml";

/**
 * The workflow that ships a version when its tag is pushed, or when somebody fills in its form. docs/workflows.md shows the same.
 * @param pin commit of Assay's release, and what the comment behind it says
 */
export function promoteWorkflow(pin: { commit: string; comment: string }): string {
  return `name: Promote
on:
  push: { tags: ["**@v*"] }
  workflow_dispatch:
    inputs:
      model: { description: "Model of assay.yml", type: string, required: true }
      version: { description: "Version that is tagged, such as v1.2.0", type: string, required: true }
      stage: { description: "Stage, such as production", type: string, required: true }
      rollback: { description: "The stage goes back to a version that it had", type: boolean, default: false }
      break-glass: { description: "In an emergency: the issue in which two owners ask for it", type: string }
permissions: {}
concurrency:
  group: promote-\${{ inputs.model && format('{0}-{1}', inputs.model, inputs.stage) || github.ref }}
  cancel-in-progress: false
jobs:
  promote:
    name: Promote
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: write # the release, the stage's tag and the ledger
      deployments: write # the deployment to the stage
      checks: write # says on the tagged commit what became of it
      pull-requests: write # reads who approved, and tells merged ones where the model is in use
      issues: read # who asked for break-glass
      actions: read # the run that evaluated it
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          ref: \${{ github.event.repository.default_branch }}
          fetch-depth: 0
          fetch-tags: true
          persist-credentials: false
      - uses: assay-ml/assay/actions/promote@${pin.commit} # ${pin.comment}
        with:
          model: \${{ inputs.model }}
          version: \${{ inputs.version }}
          stage: \${{ inputs.stage }}
          rollback: \${{ inputs.rollback }}
          break-glass: \${{ inputs.break-glass }}
`;
}
