import { describe, expect, it } from "vitest";
import { quantitiesOf } from "../../../src/report/page/history-names.ts";

describe("names in a training's history", () => {
  it.each([
    ["Keras prints", "loss", "val_loss", "loss"],
    ["Keras logs", "train/epoch_loss", "validation/epoch_loss", "epoch_loss"],
    ["Hugging Face logs", "train/loss", "eval/loss", "loss"],
    ["Lightning logs", "train_loss", "val_loss", "loss"],
    ["PyTorch's tutorial logs", "Loss/train", "Loss/test", "Loss"],
    ["DVCLive writes", "train.loss", "val.loss", "loss"],
    ["a head of several logs", "head/train/loss", "head/val/loss", "head/loss"],
  ])("go together as %s", (_, trained, heldOut, quantity) => {
    expect(quantitiesOf(["lr", heldOut, trained])).toEqual([
      { quantity, names: { trained, heldOut } },
      { quantity: "lr", names: { trained: "lr" } },
    ]);
  });

  it("are left alone where they say nothing of rows, or would be another's", () => {
    expect(quantitiesOf(["validity", "test", "loss", "train/loss"])).toEqual([
      { quantity: "validity", names: { trained: "validity" } },
      { quantity: "test", names: { trained: "test" } },
      { quantity: "loss", names: { trained: "loss" } },
      { quantity: "train/loss", names: { trained: "train/loss" } },
    ]);
  });
});
