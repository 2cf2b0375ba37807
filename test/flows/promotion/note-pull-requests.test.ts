import { execFileSync } from "node:child_process";
import { Octokit } from "octokit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GitHub } from "../../../src/github/github.ts";
import { githubThrough } from "../../../src/github/octokit/octokit-github.ts";
import { shippedMarker } from "../../../src/report/shipped-note.ts";
import { openShop, type Shop, type Tagged } from "../../chaos/promotion/shop.ts";
import { startCheckedGitHub } from "../../openapi/checked-github.ts";

describe("notes on merged pull requests", () => {
  let shop: Shop;
  let github: GitHub;
  /** Of the pull requests that brought the model, its next change, and a document. */
  let [model, change, words] = [0, 0, 0];
  let earlier: Tagged;
  let later: Tagged;
  const today = new Date().toISOString().slice(0, 10);

  beforeAll(async () => {
    shop = await openShop({ start: startCheckedGitHub });
    github = shop.connect(fetch);
    model = shop.merged.pull.number;
    earlier = shop.tagNext();
  }, 60_000);
  afterAll(() => shop.close());

  const notes = (number: number) =>
    shop.github.comments(number).flatMap(({ body }) => (body.startsWith(shippedMarker("fraud")) ? [body] : []));
  const promote = (tagged: Tagged, stage: string, as = github) => {
    shop.fetchTags();
    return shop.promote(tagged, stage, as);
  };
  const tokenThat = (may: "read" | "write") => {
    const permissions = { contents: "write", deployments: "write", actions: "read", "pull-requests": may } as const;
    return shop.github.tokenFor({ repository: shop.place.fullName, permissions, kind: "workflow" });
  };
  /** Merges a change that trains nothing. */
  async function merge(files: Readonly<Record<string, string>>): Promise<{ number: number; commit: string }> {
    const { number } = await shop.place.open(files);
    return { number, commit: await shop.github.mergePullRequest(number, "squash") };
  }

  it("tell the one that brought the model of the first version that came into a stage", () => {
    expect(notes(model)).toEqual([expect.stringMatching(/^<!-- .* -->\nShipped in \[`fraud@v1\.1\.0`\]\(.*%40v1\.1\.0\)\n/)]);
    expect(notes(model)[0]).toContain(`- ✅ in **\`staging\`** since ${today}\n`);
  });

  it("are kept up to date, one a pull request and model", async () => {
    for (const stage of ["staging", "production", "production"])
      expect(await promote(earlier, stage)).toMatchObject({ outcome: "promoted", afterwards: [] });
    const [note, ...more] = notes(model);
    expect(more).toEqual([]);
    expect(note).toContain("Shipped in [`fraud@v1.1.0`]");
    expect(note).toContain(`- ✅ in **\`production\`** since ${today}, with \`v1.2.0\`\n`);
  });

  it("tell those that touch the model, between the version that was there and the new one, and no others", async () => {
    const rules = (await github.contents.read("assay.yml", "main"))?.bytes.toString();
    change = (await merge({ "assay.yml": `${rules}# A word about it\n` })).number;
    const { number, commit } = await merge({ "NOTES.md": "Words\n" });
    words = number;
    later = shop.tag("v2.0.0", commit);
    for (const stage of ["staging", "production"])
      expect(await promote(later, stage)).toMatchObject({ outcome: "promoted", afterwards: [] });
    expect(notes(change)).toHaveLength(1);
    expect(notes(change)[0]).toContain("Shipped in [`fraud@v2.0.0`]");
    expect(notes(change)[0]).toMatch(/✅ in \*\*`staging`.*\n- ✅ in \*\*`production`/);
    expect(notes(words)).toEqual([]);
    expect(notes(model)[0]).toContain("with `v1.2.0`");
  });

  it("say when a stage went back to a version without the change", async () => {
    shop.fetchTags();
    expect(await shop.rollBack(earlier, "production", github)).toMatchObject({ outcome: "promoted", afterwards: [] });
    const [note] = notes(change);
    expect(note).toContain(`- ↩️ no longer in **\`production\`** since ${today}, which went back to \`v1.2.0\`\n`);
    expect(note).toContain("- ✅ in **`staging`**");
    expect(notes(model)[0]).toContain("- ✅ in **`production`**");
  });

  it("are made again where somebody deleted them, by promoting again", async () => {
    const all = await github.comments.list(change);
    expect(all).not.toEqual([]);
    for (const { id } of all) {
      const address = `${shop.github.url}/repos/acme/${shop.place.name}/issues/comments/${id}`;
      expect(
        (await fetch(address, { method: "DELETE", headers: { authorization: `Bearer ${tokenThat("write")}` } })).status,
      ).toBe(204);
    }
    expect(await promote(later, "production")).toMatchObject({ outcome: "promoted", afterwards: [] });
    expect(notes(change)[0]).toContain("- ✅ in **`production`**");
  });

  it("accuse nobody whom only a tag names", async () => {
    // Newer than whatever the promotions made within this second.
    const number = Math.max(...(await shop.clone.listTags()).map(({ name }) => Number(name.split("#").at(-1)) || 0)) + 1;
    const message = `Promote fraud ${later.version} to canary\n\nBreak-glass: @owner (“because”) and @second (“so”)\n`;
    const date = new Date(Date.now() + 1_000).toISOString();
    execFileSync(
      "git",
      [
        ...["-C", shop.gitFolder, "-c", "user.name=who", "-c", "user.email=who@localhost"],
        ...["tag", "-a", `fraud#canary#${number}`, "-m", message, later.commit],
      ],
      { env: { ...process.env, GIT_COMMITTER_DATE: date } },
    );
    shop.fetchTags();
    expect(await promote(later, "production")).toMatchObject({ outcome: "promoted" });
    expect(notes(change)[0]).toContain("- ✅ in **`canary`**");
    expect(notes(change)[0]).not.toContain("break-glass");
  });

  it("tell the others where one is refused", async () => {
    const rules = (await github.contents.read("assay.yml", "main"))?.bytes.toString();
    const first = await merge({ "assay.yml": `${rules}# One more word\n` });
    const second = await merge({ "assay.yml": `${rules}# Another word\n` });
    const newest = shop.tag("v3.0.0", second.commit);
    const locked = shop.connect(async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const isNote = init?.method === "POST" && url.endsWith(`/issues/${second.number}/comments`);
      return isNote
        ? Response.json({ message: "Unable to create comment because issue is locked." }, { status: 403 })
        : fetch(input, init);
    });
    expect(await promote(newest, "staging", locked)).toMatchObject({ outcome: "promoted", afterwards: [] });
    expect(notes(second.number)).toEqual([]);
    expect(notes(first.number)).toEqual([expect.stringContaining("Shipped in [`fraud@v3.0.0`]")]);
  });

  it("keep no promotion from succeeding that may not write them", async () => {
    const token = tokenThat("read");
    const octokit = new Octokit({ auth: token, baseUrl: shop.github.url });
    const reading = githubThrough(octokit, { owner: "acme", name: shop.place.name }, { secret: token });
    shop.fetchTags();
    const before = notes(change);
    expect(await shop.rollBack(earlier, "production", reading)).toMatchObject({ outcome: "promoted", afterwards: [] });
    expect(notes(change)).toEqual(before);
  });
});
