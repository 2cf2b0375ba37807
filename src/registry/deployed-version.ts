import { parseTagName } from "./tag-name.ts";

/** What is known of a run that wants to deploy. */
export interface DeployingRun {
  event: string;
  /** Branch or tag that it was started on. */
  ref: string | undefined;
  headSha: string;
  /** What the workflow's `run-name` made of it. */
  title: string;
  /** It is on the default branch, and of a commit that is there. */
  ofDefaultBranch: boolean;
}

export interface DeployedVersion {
  model: string;
  version: string;
  /** The run is of this commit, so the tag has to be. */
  commit: string | undefined;
}

/**
 * The version that a run deploys: of the tag whose push or release started it; or, dispatched on the default branch or on the
 * version's own tag, of its title, which the workflow there makes of what was asked for: `fraud@v1.2.0 to production`. Pure.
 * @returns why nobody can tell, a sentence
 */
export function deployedVersion(run: DeployingRun, environment: string): DeployedVersion | { wrong: string } {
  const ofRef = registered(run.ref ?? "");
  // Of other events the workflow need not be the tagged commit's.
  if (ofRef && (run.event === "push" || run.event === "release")) return { ...ofRef, commit: run.headSha };
  const [, tag = "", to] = /^(\S{1,1000}) to (\S{1,300})$/.exec(run.title) ?? [];
  const ofTitle = registered(tag);
  if (run.event !== "workflow_dispatch" || !ofTitle || !(run.ofDefaultBranch || ofRef)) return { wrong: unsaid };
  if (to !== environment) return { wrong: `The run says that it deploys to ${to}, and it wants to deploy to ${environment}.` };
  if (!ofRef) return { ...ofTitle, commit: undefined };
  if (ofRef.model === ofTitle.model && ofRef.version === ofTitle.version) return { ...ofTitle, commit: run.headSha };
  return { wrong: `The run is on ${run.ref} and says that it deploys ${tag}. Start it on the default branch, or on that tag.` };
}

function registered(tag: string): Pick<DeployedVersion, "model" | "version"> | undefined {
  const parsed = parseTagName(tag);
  return parsed?.action === "register" ? { model: parsed.model, version: parsed.version } : undefined;
}

const unsaid =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not of JavaScript's
  "The run does not say which version it deploys. Give its workflow `run-name: ${{ inputs.tag }} to ${{ inputs.stage }}` and start it on the default branch, or have the version's tag start it by its push.";
