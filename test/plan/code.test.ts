import { describe, expect, it } from "vitest";
import { formatListing, parseListing } from "../../src/git/listing.ts";
import { selectCode } from "../../src/plan/code.ts";
import { compilePattern } from "../../src/plan/globs.ts";

const listing = (paths: readonly string[]) =>
  formatListing(
    [...paths]
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .map((path) => ({ path, mode: "100644", id: "a".repeat(40) })),
  );

function codeOf(
  paths: readonly string[],
  { folder = ".", globs, others = [] }: Partial<Record<"globs" | "others", string[]> & { folder: string }> = {},
) {
  const code = selectCode(listing(paths), folder, globs?.map(compilePattern), others.map(compilePattern));
  return parseListing(code).map(({ path }) => path);
}

describe("the code of a model that names none", () => {
  it("leaves out what no training reads, in whichever folder and letters", () => {
    const unread = [
      ".dvc/.gitignore",
      ".dvc/config",
      ".dvc/config.local",
      ".github/CODEOWNERS",
      ".github/workflows/models.yml",
      ".gitignore",
      "LICENSE",
      "README.md",
      "src/.gitignore",
      "src/Licence.TXT",
      "src/deep/.dvc/config",
      "src/deep/LICENSE.txt",
      "src/deep/notes.Markdown",
    ];
    expect(codeOf([...unread, "train.py"])).toEqual(["train.py"]);
    expect(codeOf(unread)).toEqual([]);
  });

  it("keeps what only looks like that", () => {
    const read = [
      ".dvcignore",
      ".gitattributes",
      ".github-scripts/train.py",
      "LICENSE.py",
      "LICENSE/train.py",
      "config",
      "d",
      "md",
      "my.dvc/config",
      "my.gitignore",
      "plates/license-plates.txt",
      "src/.github/train.py",
      "src/config",
      "src/license_plates.py",
    ].sort();
    expect(codeOf(read)).toEqual(read);
  });

  it("takes a working directory in .github as any other", () => {
    expect(codeOf([".github/model/train.py", ".github/workflows/models.yml"], { folder: ".github/model" })).toEqual([
      ".github/model/train.py",
    ]);
    expect(codeOf([".github/README.md", ".github/train.py"], { folder: ".github" })).toEqual([".github/train.py"]);
  });

  it.each([".github/assay.yml", ".github/workflows/x.yml", ".github"])("leaves .github out whole beside %s", (other) => {
    const paths = ["a.py", ".github/assay.yml", ".github/workflows/x.yml", ".github/workflows/y.yml"];
    expect(codeOf(paths, { others: [other, "data"] })).toEqual(["a.py"]);
  });
});

it("the code that a model names holds whatever matches", () => {
  const named = [".dvc/config", ".github/scripts/train.py", "LICENSE", "README.md"];
  expect(codeOf([...named, "train.py"], { globs: named })).toEqual(named);
});
