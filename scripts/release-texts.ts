/** `v1.2.3` without its v. @throws Error for what is no version to release */
export function versionOf(argument: string): string {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(argument)?.[1];
  if (version === undefined) throw new Error(`"${argument}" is no version. Write for example v1.2.3.`);
  return version;
}

/** What was unreleased becomes this version's section. @throws Error when nothing is written there */
export function changelogOf(text: string, version: string, day: string): string {
  const heading = "## Unreleased\n";
  const start = text.indexOf(heading);
  const rest = text.slice(start + heading.length);
  const changes = rest.split(/^## /m)[0]?.trim() ?? "";
  if (start === -1 || changes === "")
    throw new Error("CHANGELOG.md says nothing under `## Unreleased`. Write what users will notice, then release.");
  return `${text.slice(0, start)}${heading}\n## ${version} (${day})\n${rest}`;
}

const ourActions = /(uses: assay-ml\/assay\/actions\/[a-z]+)@[0-9a-f]{40} #.*$/gm;

/** Every action of ours by this commit. @throws Error when the workflow names none */
export function pinWorkflow(text: string, commit: string, version: string): string {
  if (!ourActions.test(text)) throw new Error("The workflow names no action of ours by a commit.");
  return text.replaceAll(ourActions, `$1@${commit} # v${version}`);
}
