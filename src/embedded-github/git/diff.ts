import type { GitRepository } from "./repository.ts";

export interface ChangedFile {
  path: string;
  previousPath: string | undefined;
  status: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  /** Blob id after the change, or before it for a removed file. */
  sha: string;
  additions: number;
  deletions: number;
}

const statusOf: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  C: "copied",
  T: "changed",
};

/** Files that differ between two commits, with renames found. Binary files count no lines. */
export async function diffCommits(git: GitRepository, from: string, to: string): Promise<readonly ChangedFile[]> {
  const output = await git.run(["diff-tree", "-r", "-M", "-z", "--no-abbrev", "--raw", "--numstat", from, to]);
  const fields = output.toString("utf8").split("\0");
  const files: ChangedFile[] = [];
  const counts = new Map<string, { additions: number; deletions: number }>();
  for (let at = 0; at < fields.length; ) {
    const field = fields[at] ?? "";
    if (field.startsWith(":")) {
      const [, , before = "", after = "", letter = ""] = field.split(" ");
      const status = statusOf[letter.charAt(0)] ?? "changed";
      const moved = status === "renamed" || status === "copied";
      const first = fields[at + 1] ?? "";
      const path = moved ? (fields[at + 2] ?? "") : first;
      const sha = status === "removed" ? before : after;
      files.push({ path, previousPath: moved ? first : undefined, status, sha, additions: 0, deletions: 0 });
      at += moved ? 3 : 2;
    } else if (field.includes("\t")) {
      const [additions = "", deletions = "", ...rest] = field.split("\t");
      const path = rest.join("\t");
      // A renamed file has an empty path here and both names in the next two fields.
      const name = path === "" ? (fields[at + 2] ?? "") : path;
      counts.set(name, { additions: Number(additions) || 0, deletions: Number(deletions) || 0 });
      at += path === "" ? 3 : 1;
    } else at += 1;
  }
  return files.map((file) => ({ ...file, ...counts.get(file.path) }));
}
