import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLine, readMetricsFile } from "../../../src/training/progress/read-line.ts";

/** Lines as these programs print them. */
describe("what a trainer says of itself", () => {
  it.each([
    ["JSON", '{"step": 20, "loss": 0.25, "lr": 1e-3, "note": "text"}', { step: 20, measures: { loss: 0.25, lr: 0.001 } }],
    ["nested JSON", '{"epoch": 2, "val": {"loss": 1, "f1": 0.5}}', { epoch: 2, measures: { "val.loss": 1, "val.f1": 0.5 } }],
    [
      "Hugging Face",
      "{'loss': 2.1034, 'grad_norm': 1.5, 'learning_rate': 5e-05, 'epoch': 0.32}",
      { epoch: 0.32, measures: { loss: 2.1034, grad_norm: 1.5, learning_rate: 0.00005 } },
    ],
    ["Hugging Face without a number", "{'loss': nan, 'epoch': 0.5}", { epoch: 0.5, measures: {} }],
    ["Keras' epoch", "Epoch 3/10", { epoch: 3, epochs: 10, measures: {} }],
    [
      "Keras' bar",
      "\u001b[1m120/469\u001b[0m \u001b[32m━━━━━\u001b[0m\u001b[37m━━━━━━━━━━━━━━━\u001b[0m \u001b[1m2s\u001b[0m 7ms/step - accuracy: 0.9130 - loss: 0.3100",
      { step: 120, steps: 469, ofEpoch: true, measures: { accuracy: 0.913, loss: 0.31 } },
    ],
    [
      "Keras' older bar",
      "469/469 [==============================] - 2s 3ms/step - loss: 0.2981 - val_loss: 1.5e-1",
      { step: 469, steps: 469, ofEpoch: true, measures: { loss: 0.2981, val_loss: 0.15 } },
    ],
    [
      "tqdm",
      " 45%|████▌     | 45/100 [00:12<00:15,  3.60it/s, loss=0.31, lr=0.001]",
      { step: 45, steps: 100, measures: { loss: 0.31, lr: 0.001 } },
    ],
    [
      "Lightning",
      "Epoch 3:  45%|████▌     | 45/100 [00:12<00:15,  3.60it/s, v_num=0, train_loss=0.310]",
      { epoch: 3, step: 45, steps: 100, ofEpoch: true, measures: { v_num: 0, train_loss: 0.31 } },
    ],
    ["a loop by hand", "Epoch [3/10], loss: 0.31, acc: 0.9", { epoch: 3, epochs: 10, measures: { loss: 0.31, acc: 0.9 } }],
  ])("is read of %s", (_, line, expected) => {
    expect(readLine(line)).toMatchObject(expected);
    expect(Object.keys(readLine(line)?.measures ?? {})).toEqual(Object.keys(expected.measures));
  });

  it.each([
    "training with threshold 40",
    "{}",
    '{"loss": 1}',
    "{not JSON}",
    "3/4 of the rows",
    "loss: 0.3",
    '{"step": "many", "loss": 1}',
    `{"step": 1, ${" ".repeat(5_000)} "loss": 1}`,
  ])("is nothing in %s", (line) => {
    expect(readLine(line)).toBeUndefined();
  });

  it("takes no names that could hold data", () => {
    expect(readLine('{"step": 1, "customer 4711": 3, "": 1, "<b>": 2, "__proto__": 1, "ok": 4}')?.measures).toEqual({ ok: 4 });
  });

  it("is read of DVCLive's file", () => {
    const text = '{\n    "train": {\n        "loss": 0.5\n    },\n    "step": 7\n}\n';
    expect(readMetricsFile(text)).toMatchObject({ step: 7, measures: { "train.loss": 0.5 } });
    expect(readMetricsFile('{"train": {"lo')).toBeUndefined();
  });

  it("never throws, and takes no time, whatever is printed", () => {
    const pieces = ["{", "}", "'", '"', "[", "=", "━", "%|", "|", "1/2", "Epoch ", " - ", ": ", "0.5", ",", "\u001b[1m", "a"];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 300 }), (parts) => {
        for (const value of Object.values(readLine(parts.join(""))?.measures ?? {})) expect(Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
