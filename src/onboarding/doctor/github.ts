import picomatch from "picomatch";
import type {
  BranchRules,
  ForkRuns,
  KnownRunners,
  RepositoryFacts,
  RunnerGroup,
  Settings,
  TagRules,
} from "../../github/settings.ts";
import { ledgerBranch } from "../../ledger/ledger.ts";
import { checkName } from "../../report/check.ts";
import type { Spec } from "../../spec/spec.ts";
import { reusableWorkflow } from "../init/texts.ts";
import { broken, type Finding, fine, unknown } from "./finding.ts";
import { promotedModels } from "./releases.ts";

/** What GitHub says of a repository. Undefined: the token may not read it. */
export interface GitHubState {
  repository: RepositoryFacts;
  branch: BranchRules | undefined;
  ledger: BranchRules | undefined;
  tags: readonly TagRules[] | undefined;
  token: "read" | "write" | undefined;
  runners: KnownRunners | undefined;
  groups: readonly RunnerGroup[] | undefined;
  forks: ForkRuns | undefined;
}

export async function readGitHubState(settings: Settings): Promise<GitHubState> {
  const repository = await settings.about();
  const [branch, ledger, tags, token, runners, groups, forks] = await Promise.all([
    settings.branchRules(repository.defaultBranch),
    settings.branchRules(ledgerBranch),
    settings.tagRules(),
    settings.defaultTokenPermission(),
    settings.runners(),
    settings.runnerGroups(),
    settings.forkRuns(),
  ]);
  return { repository, branch, ledger, tags, token, runners, groups, forks };
}

const mayRead = "Give a token of an administrator, with Administration: read.";

/** What is wrong with how a repository is set up on GitHub. Pure. */
export function checkGitHub(state: GitHubState, spec: Spec | undefined): readonly Finding[] {
  const labels = [...(spec?.models.values() ?? [])].map(({ train }) => train.runner).filter((runner) => !isHosted(runner));
  return [
    checkRequired(state),
    checkLedger(state.ledger),
    checkTags(state.tags, [...(spec?.models.keys() ?? [])]),
    ...checkReleasers(state.tags, promotedModels(spec)),
    checkToken(state.token),
    ...checkRunners(state.runners, labels),
    ...checkGroups(state.groups, labels),
    ...(labels.length > 0 ? [checkForks(state.forks)] : []),
  ];
}

function checkRequired({ repository: { defaultBranch }, branch }: GitHubState): Finding {
  const check = "required check";
  if (!branch) return unknown(check, `Whether ${checkName} is required on ${defaultBranch} could not be read.`, mayRead);
  return branch.requiredChecks.includes(checkName)
    ? fine(check, `${checkName} is required on ${defaultBranch}.`)
    : broken(
        check,
        `${checkName} is not required on ${defaultBranch}: a change that it blocks can be merged.`,
        `Settings → Rules → Rulesets: a branch ruleset for ${defaultBranch} that requires the status check ${checkName}.`,
      );
}

function checkLedger(rules: BranchRules | undefined): Finding {
  const check = "ledger branch";
  if (!rules) return unknown(check, `The rules for ${ledgerBranch} could not be read.`, mayRead);
  if (rules.byPullRequest)
    return broken(
      check,
      `${ledgerBranch} can only be changed by pull requests, so no record can be added.`,
      `Leave ${ledgerBranch} out of the ruleset that requires pull requests.`,
    );
  const open = [...(rules.keeps ? [] : ["deleted"]), ...(rules.onlyGrows ? [] : ["rewritten"])];
  return open.length === 0
    ? fine(check, `${ledgerBranch} can neither be deleted nor rewritten.`)
    : broken(
        check,
        `${ledgerBranch}, which holds the records, can be ${open.join(" and ")}.`,
        `Settings → Rules → Rulesets: a branch ruleset for ${ledgerBranch} that restricts deletions and blocks force pushes.`,
      );
}

function checkTags(rulesets: readonly TagRules[] | undefined, models: readonly string[]): Finding {
  const check = "tag rules";
  if (!rulesets) return unknown(check, "The rulesets for tags could not be read.", mayRead);
  const tags = models.flatMap((model) => [`refs/tags/${model}@v1.0.0`, `refs/tags/${model}#production#1`]);
  const movable = tags.find(
    (tag) => !["update", "deletion"].every((rule) => rulesets.some((one) => one.forbids.includes(rule) && covers(one, tag))),
  );
  return movable === undefined
    ? fine(check, "Tags of models can neither be moved nor deleted.")
    : broken(
        check,
        `Tags such as ${movable.replace("refs/tags/", "")} can be moved or deleted, so a version need not stay what it was.`,
        "Settings → Rules → Rulesets: a tag ruleset for all tags that restricts updates and deletions.",
      );
}

/** Whether not everybody who may push can make a version's tag, which starts its promotion. */
function checkReleasers(rulesets: readonly TagRules[] | undefined, models: readonly string[]): Finding[] {
  const check = "who releases";
  // That they cannot be read is said elsewhere.
  if (!rulesets || models.length === 0) return [];
  const open = models.find(
    (model) => !rulesets.some((one) => one.forbids.includes("creation") && covers(one, `refs/tags/${model}@v1.0.0`)),
  );
  return [
    open === undefined
      ? fine(check, "Only those whom a ruleset lets can tag a version.")
      : broken(
          check,
          `Whoever may push can tag a version of ${open}, which starts its promotion.`,
          "Settings → Rules → Rulesets: a tag ruleset for **@v* that restricts creations, with those who may release on its bypass list.",
        ),
  ];
}

function covers({ include, exclude }: TagRules, tag: string): boolean {
  const matches = (pattern: string) => pattern === "~ALL" || picomatch(pattern, { noextglob: true })(tag);
  return include.some(matches) && !exclude.some(matches);
}

function checkToken(permission: GitHubState["token"]): Finding {
  const check = "default permissions";
  if (!permission) return unknown(check, "What a workflow's token may do by default could not be read.", mayRead);
  return permission === "read"
    ? fine(check, "A workflow's token may only read, unless the workflow says more.")
    : broken(
        check,
        "A workflow's token may write by default, so any workflow that says nothing can.",
        "Settings → Actions → General → Workflow permissions: read repository contents.",
      );
}

/** One label of GitHub's own machines. Larger ones have names of their choice and are looked for like one's own. */
function isHosted(labels: readonly string[]): boolean {
  return labels.length === 1 && /^(?:ubuntu|windows|macos)-[\w.-]+$/.test(labels[0] ?? "");
}

function checkRunners(known: KnownRunners | undefined, wanted: readonly (readonly string[])[]): Finding[] {
  const different = [...new Map(wanted.map((labels) => [labels.join(" "), labels])).values()];
  return different.map((labels) => {
    const check = "runner labels";
    const name = `[${labels.join(", ")}]`;
    if (!known) return unknown(check, `Whether a runner has the labels ${name} could not be read.`, mayRead);
    const fitting = known.runners.filter((runner) => hasLabels(runner, labels));
    if (fitting.some(({ online }) => online)) return fine(check, `A runner with the labels ${name} is online.`);
    if (fitting.length > 0) return fine(check, `A runner has the labels ${name}; it is offline now.`);
    if (!known.complete)
      return unknown(
        check,
        `No runner that this token sees has the labels ${name}; there may be others.`,
        "Give a token that may list the organisation's runners.",
      );
    const near = [...new Set(known.runners.flatMap((runner) => runner.labels))].join(", ");
    return broken(
      check,
      `No runner has the labels ${name}: such a job waits for a day and fails.`,
      `${near === "" ? "Add a runner to the repository" : `Write labels that a runner has (${near}), or add one`}: Settings → Actions → Runners.`,
    );
  });
}

/** Whether a fork's or a branch's own workflow can ask for one's machines: only a group of them can forbid it. */
function checkGroups(groups: readonly RunnerGroup[] | undefined, wanted: readonly (readonly string[])[]): Finding[] {
  if (wanted.length === 0) return [];
  const check = "runner group";
  if (!groups)
    return [
      unknown(
        check,
        "Which workflows may use the organisation's runners could not be read.",
        "Give a token that may list the organisation's runner groups.",
      ),
    ];
  const fitting = groups.filter(({ runners }) => runners.some((runner) => wanted.some((labels) => hasLabels(runner, labels))));
  return fitting.map(({ name, workflows }) =>
    workflows
      ? fine(check, `Only selected workflows may use the runners of the group ${name}.`)
      : broken(
          check,
          `Any workflow may use the runners of the group ${name}, one that a pull request adds too.`,
          `Organisation settings → Actions → Runner groups → ${name}: allow selected workflows, and only ${reusableWorkflow.uses} at the commit that you pin.`,
        ),
  );
}

function hasLabels(runner: { labels: readonly string[] }, wanted: readonly string[]): boolean {
  const has = new Set(runner.labels.map((label) => label.toLowerCase()));
  return wanted.every((label) => has.has(label.toLowerCase()));
}

function checkForks(forks: ForkRuns | undefined): Finding {
  const check = "forks";
  if (!forks) return unknown(check, "Whether workflows of forks wait for approval could not be read.", mayRead);
  if (forks.kind === "private") {
    if (!forks.run) return fine(check, "Forks of this private repository run no workflows.");
    const open = [
      ...(forks.approval ? [] : ["without approval"]),
      ...(forks.secrets ? ["with secrets"] : []),
      ...(forks.writeToken ? ["with a token that writes"] : []),
    ];
    return open.length === 0
      ? fine(check, "Workflows of forks wait for approval.")
      : broken(
          check,
          `Workflows of forks run ${open.join(", ")}, and a fork's own workflow can ask for your runners.`,
          "Settings → Actions → General → Fork pull request workflows: require approval, send neither secrets nor write tokens.",
        );
  }
  return forks.approval === "all"
    ? fine(check, "Every workflow of an outside contributor waits for approval.")
    : broken(
        check,
        `Only ${forks.approval === "first-time" ? "first-time contributors" : "contributors who are new to GitHub"} need approval, and a fork's own workflow can ask for your runners.`,
        "Settings → Actions → General → Approval for running fork pull request workflows: all external contributors.",
      );
}
