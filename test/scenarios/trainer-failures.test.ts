import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

/** What goes wrong, and what the comment must say of it. */
const troubles = [
  { trouble: "exit", says: /exited with code 1/ },
  { trouble: "no-model", says: /model\.json/ },
  { trouble: "nan", says: /not (a )?(finite|number)|NaN/i },
  { trouble: "no-predictions", says: /wrote no|did not write|no predictions/i },
  { trouble: "other-rows", says: /other-test-0/ },
] as const;

describe("a training that goes wrong", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam({ edits: {} });
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  it.each(troubles)("says what is wrong when the trouble is $trouble, and loses nothing else", async ({ trouble, says }) => {
    const result = await team.openAndRun(`Trouble ${trouble}`, setParam("trouble", trouble));
    const job = result.evaluate.get("threshold") ?? result.train.get("threshold");
    expect(job?.exitCode).toBe(5);
    expect(job?.log).toMatch(/::error::/);
    expect(result.comment).toMatch(says);
    expect(result.check?.conclusion).toBe("failure");
    expect(result.comment).not.toContain("This is a bug");
  });
});
