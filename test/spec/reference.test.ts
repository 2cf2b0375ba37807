import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { specReference } from "../../src/spec/reference.ts";
import { parse } from "./assay-yml.ts";

const document = readFileSync(new URL("../../docs/assay-yml.md", import.meta.url), "utf8");

it("stands in the documentation as it is generated", () => {
  expect(document).toContain(`<!-- begin: reference -->\n\n${specReference()}\n\n<!-- end: reference -->`);
});

it("shows files that are right", () => {
  const files = [...document.matchAll(/```yaml\n(version:[\s\S]*?)```/g)].map(([, file = ""]) => file);
  expect(files).toHaveLength(3);
  for (const file of files) expect(parse(file).models.size).toBe(1);
});
