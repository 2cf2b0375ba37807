/** Content id of a tracked file as inputs have it; `+x` where it can be executed, since a command may need that. */
export function fileId(mode: string, id: string): string {
  if (mode === "160000") return `submodule:${id}`;
  if (mode === "120000") return `link:${id}`;
  return mode === "100755" ? `git:${id}+x` : `git:${id}`;
}
