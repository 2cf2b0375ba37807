import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTeam, setParam, type Team } from "./team.ts";

describe("a run that is run again", () => {
  let team: Team;

  beforeAll(async () => {
    team = await createTeam();
    await team.pushMain("First model");
  });
  afterAll(() => team.close());

  /** Fails unless the machine has the file: not a matter of the inputs. */
  const needsMachine = (text: string) =>
    `import { existsSync } from "node:fs";\nif (!existsSync(process.env.HOME + "/gpu")) process.exit(1);\n${text}`;
  const namesOf = (runId: number) => team.github.artifacts(runId).map(({ name }) => name);

  it("replaces what the failed attempt kept and said", async () => {
    const pullRequest = await team.open("Needs a GPU", { ...setParam("threshold", 50), "train.mjs": needsMachine });
    const first = await team.run(pullRequest);
    expect(first.train.get("threshold")?.exitCode).toBe(5);
    expect(first.check?.conclusion).toBe("failure");

    writeFileSync(join(team.home, "gpu"), "");
    const second = await team.run(pullRequest, { rerun: { runId: first.runId, attempt: 2 } });
    expect(second.runId).toBe(first.runId);
    expect(second.evaluate.get("threshold")?.exitCode, second.train.get("threshold")?.log).toBe(0);
    expect(second.check?.conclusion).toBe("success");
    expect(second.comments.map(({ id }) => id)).toEqual(first.comments.map(({ id }) => id));
    expect(second.comment).not.toBe(first.comment);
    expect(second.checks).toHaveLength(1);
    expect(namesOf(first.runId).sort()).toEqual([...new Set(namesOf(first.runId))].sort());

    const report = JSON.parse(readFileSync(second.report.outputs["report"] ?? "", "utf8"));
    expect(report.models[0].state.evidence.source.run).toMatchObject({ id: first.runId, attempt: 2 });

    const third = await team.run(pullRequest, { rerun: { runId: first.runId, attempt: 3 } });
    expect(third.train.get("threshold")?.log).not.toContain("training with threshold");
    expect(third.check?.conclusion).toBe("success");
    expect(third.comments).toHaveLength(1);
    expect(namesOf(first.runId).sort()).toEqual([...new Set(namesOf(first.runId))].sort());
  });
});
