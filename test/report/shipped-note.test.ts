import { expect, it } from "vitest";
import { renderShippedNote, shippedMarker } from "../../src/report/shipped-note.ts";

const day = 86_400;

it("tells a merged pull request where its change is and was in use", () => {
  const shipped = {
    version: "v1.5.0",
    stages: [
      {
        stage: "staging",
        isThere: true,
        since: 20_000 * day,
        version: "v1.5.0",
        breakGlass: "@ann and @bea: *all* declined @team",
      },
      { stage: "canary", isThere: true, since: 20_001 * day, version: "v1.6.0", breakGlass: undefined },
      { stage: "production", isThere: false, since: 20_002 * day, version: "v1.4.0", breakGlass: undefined },
      { stage: "shadow", isThere: false, since: 20_003 * day, version: undefined, breakGlass: undefined },
    ],
  };
  const note = renderShippedNote(
    "models:fraud",
    shipped,
    (tag) => `https://github.com/acme/fraud/releases/tag/${encodeURIComponent(tag)}`,
  );
  expect(note).toBe(
    [
      shippedMarker("models:fraud"),
      "Shipped in [`models=fraud@v1.5.0`](https://github.com/acme/fraud/releases/tag/models%3Dfraud%40v1.5.0)",
      "",
      "- ✅ in **`staging`** since 2024-10-04; 🚨 break-glass: @&#8203;ann and @&#8203;bea: \\*all\\* declined @&#8203;team",
      "- ✅ in **`canary`** since 2024-10-05, with `v1.6.0`",
      "- ↩️ no longer in **`production`** since 2024-10-06, which went back to `v1.4.0`",
      "- ↩️ no longer in **`shadow`** since 2024-10-07",
      "",
    ].join("\n"),
  );
});

it("is another comment for another model, and marked with nothing of the model's name", () => {
  expect(shippedMarker("fraud")).not.toBe(shippedMarker("fraud2"));
  expect(shippedMarker("a--b")).toMatch(/^<!-- assay:shipped v1 [0-9a-f]{16} -->$/);
});
