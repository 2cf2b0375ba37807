import { expect, it } from "vitest";
import { renderReleasePage } from "../../src/report/page/release-page.ts";
import { createFacts } from "../release/create-facts.ts";
import { hostileFacts } from "../release/hostile-facts.ts";
import { tags } from "./tags.ts";

it("is one page with what the version was released on", async () => {
  await expect(await renderReleasePage(createFacts())).toMatchFileSnapshot("../goldens/release/report.html");
});

it("is the same bytes of the same facts", async () => {
  expect(await renderReleasePage(createFacts())).toBe(await renderReleasePage(createFacts()));
});

it("shows who approved it, where it was evaluated, and why it may hold code", async () => {
  const page = await renderReleasePage(
    createFacts({ formatOverride: { paths: ["model.pkl"], reason: "The scorer needs it until June" } }),
  );
  expect(page).toContain("Approved by @risk-lead on 2026-11-02.");
  expect(page).toContain('<a href="https://github.com/acme/risk-models/pull/214">#214</a>');
  expect(page).toContain("<b>This model can hold code.</b> It is shipped all the same: The scorer needs it until June");
});

it("lists the files of the model that ships, which need not be the first training's", async () => {
  const { trainings } = createFacts().evidence;
  const [first, second] = trainings;
  if (!first || !second?.model) throw new Error("There are no two trainings.");
  const { model: _, ...failed } = first;
  const page = await renderReleasePage(createFacts({}, { trainings: [failed, second] }));
  expect(page).toContain(second.model.digest);
});

it("shows text from outside as text", async () => {
  const page = await renderReleasePage(hostileFacts());
  const seen = tags(page);
  for (const forbidden of ["script", "img", "link", "iframe", "object", "form", "base"]) expect(seen).not.toContain(forbidden);
  expect(page).not.toMatch(/@import|url\(|undefined|\bNaN\b|\[object|href="javascript|[\u202e\u200b]/);
});
