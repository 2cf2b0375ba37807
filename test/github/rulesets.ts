import type { RepositorySettings } from "../../src/embedded-github/embedded-github.ts";

/** The verdict is required on the default branch, and neither the ledger nor tags may be rewritten. */
export const protectingRulesets: RepositorySettings["rulesets"] = [
  {
    id: 1,
    name: "main",
    target: "branch",
    enforcement: "active",
    include: ["~DEFAULT_BRANCH"],
    rules: [
      {
        type: "required_status_checks",
        parameters: { required_status_checks: [{ context: "assay / verdict" }], strict_required_status_checks_policy: false },
      },
    ],
  },
  {
    id: 2,
    name: "ledger",
    target: "branch",
    enforcement: "active",
    include: ["refs/heads/assay-ledger"],
    rules: [{ type: "deletion" }, { type: "non_fast_forward" }],
  },
  {
    id: 3,
    name: "tags",
    target: "tag",
    enforcement: "active",
    include: ["~ALL"],
    rules: [{ type: "update" }, { type: "deletion" }],
  },
];
