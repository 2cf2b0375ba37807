import { expect, it } from "vitest";
import { stepErrors } from "../../src/demo/step-errors.ts";

it("keeps of a step's log what it says is wrong", () => {
  const log =
    "::debug::Body: {}\nUploaded bytes 9\n::error title=a%3A b::data.csv: no rows, 100%25\n::error::data.csv: no rows, 100%25\n::endgroup::\n";
  expect(stepErrors(["::debug::x", log])).toBe("data.csv: no rows, 100%");
});

it("keeps everything of a log that says nothing of the kind", () => {
  expect(stepErrors(["Killed", "137"])).toBe("Killed\n137");
});
