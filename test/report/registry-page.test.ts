import { describe, expect, it } from "vitest";
import { renderRegistryPage } from "../../src/report/page/registry/registry-page.ts";
import { registryPages } from "./registry-states.ts";
import { tags } from "./tags.ts";

function pageOf(name: string): string {
  const page = registryPages[name]?.();
  if (page === undefined) throw new Error(`There is no page called ${name}.`);
  return renderRegistryPage(page);
}

/** Without markup. */
const textOf = (page: string) =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("the registry's page", () => {
  it.each(Object.keys(registryPages))("of %s is balanced markup without script or outside resources", (name) => {
    const page = pageOf(name);
    const seen = tags(page);
    for (const forbidden of ["script", "img", "link", "iframe", "object", "form", "base"]) expect(seen).not.toContain(forbidden);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/@import|url\(|undefined|\bNaN\b|\[object|href="javascript/);
  });

  it("as a whole", async () => {
    await expect(pageOf("several models")).toMatchFileSnapshot("../goldens/report/registry-page.html");
  });

  it("says what each stage points at now, since when and who approved it, of a rollback by its promotion", () => {
    const text = textOf(pageOf("several models"));
    expect(text).toMatch(
      /staging v1\.3\.0 ! break-glass @maria-lindqvist \(“v1\.2\.0 declines every card”\) and @j-okafor .+ asked for it in #57 ?2026-06-01 09:30 UTC @maria-lindqvist fraud#staging#7 by assay\[bot\]/,
    );
    expect(text).toContain(
      "production v1.2.0 rolled back to it 2026-06-05 09:30 UTC @maria-lindqvist, @j-okafor when it was promoted fraud#production#9",
    );
    expect(text).toContain("shadow nothing any more");
    expect(text).toContain("production went back to v1.2.0");
  });

  it("links each version to its release, the pull request that showed it, its commit and its tag", () => {
    const page = pageOf("several models");
    const row = page.slice(page.indexOf('<th scope="row">v1.2.0'), page.indexOf('<th scope="row">v1.1.0'));
    expect([...row.matchAll(/href="https:\/\/github\.com\/acme\/risk-models\/([^"]*)"/g)].map(([, to]) => to)).toEqual([
      "releases/tag/fraud@v1.2.0",
      "pull/213",
      expect.stringMatching(/^commit\/[0-9a-f]{40}$/),
      "tree/fraud%40v1.2.0",
    ]);
    expect(page).toContain('href="https://github.com/acme/risk-models/tree/fraud%23production%239"');
  });

  it("draws metrics over versions with their intervals, and shows where the test set changed", () => {
    const page = pageOf("several models");
    expect(page).toContain('aria-label="Recall of 4 versions, from 0.7087 to 0.7417"');
    expect(page).toContain("<title>v1.2.0: 0.7327 (0.7217 to 0.7417)</title>");
    expect(page.match(/<line class="moved"/g)).toHaveLength(5);
    expect(pageOf("tags alone")).not.toContain("<svg");
  });

  it("folds what nobody reads of many versions", () => {
    const page = pageOf("many versions");
    expect(page).toContain("<summary>138 lower versions</summary>");
    expect(page).toContain("of 60 versions");
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  it("says that it knows tags alone, and why", () => {
    const text = textOf(pageOf("tags alone"));
    expect(text).toContain("From tags alone, without releases, metrics and approvals: there is no token. Set GITHUB_TOKEN");
    expect(text).not.toMatch(/Approved by|not released/);
  });

  it("says how the first version is made where there is none", () => {
    expect(textOf(pageOf("no model"))).toContain("No model has an annotated tag here.");
  });

  it("shows text from outside as text", () => {
    const page = pageOf("names without end");
    expect(page).not.toMatch(/[\u202e\u200b]|<script|<img/);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });
});
