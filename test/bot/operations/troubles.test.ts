import { expect, it } from "vitest";
import { createLog } from "../../../bot/log.ts";
import { createTroubles } from "../../../bot/operations/troubles.ts";

it("keeps the latest of each kind, however often one comes", () => {
  const troubles = createTroubles(() => new Date(0), 3);
  const tell = (message: string) => troubles.tell({ message, detail: undefined });
  tell("the sweep failed");
  for (let time = 0; time < 1_000; time += 1) tell("refused a delivery");
  tell("the store does not answer");
  expect(troubles.last().map(({ message, times }) => [message, times])).toEqual([
    ["the store does not answer", 1],
    ["refused a delivery", 1_000],
    ["the sweep failed", 1],
  ]);
  tell("another");
  expect(troubles.last()).toHaveLength(3);
});

it("hears of the log's warnings and errors without secrets, whatever its level, and not of what the queue shows", () => {
  const troubles = createTroubles();
  const log = createLog({ level: "fatal", secrets: ["hunter22"], write: () => {}, tell: troubles.tell });
  log.info({}, "swept");
  log.error({ subject: "1/pull/2", err: new Error("why") }, "failed: why");
  log.warn({}, "with hunter22");
  log.error({ err: new Error("it said hunter22") }, "the sweep failed");
  log.error(new Error("alone"));
  expect(troubles.last().map(({ message, detail }) => [message, detail])).toEqual([
    ["alone", undefined],
    ["the sweep failed", "it said [secret]"],
    ["with [secret]", undefined],
  ]);
});
