import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { checkSources } from "../../src/flows/check-sources.ts";
import { temporaryFolder } from "../cli/assay.ts";
import { files } from "../git/repository.ts";

it("profiles a table unless somebody did", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.csv"), `n\n${Array.from({ length: 20 }, (_, row) => row).join("\n")}\n`);
  const table = { name: "a.csv", source: { paths: ["a.csv"], folder } };
  const request = { table, public: [], rules: [], folder, now: new Date(0) };
  const { profile, result } = await checkSources(request, files);
  const read: string[] = [];
  const onProgress = ({ what }: { what: string }) => void read.push(what);
  const again = await checkSources({ ...request, profile, onProgress }, files);
  expect(again.profile).toBe(profile);
  expect(again.result).toEqual(result);
  expect(read).toContain("Reading a.csv");
  expect(read).not.toContain("Profiling a.csv");
});
