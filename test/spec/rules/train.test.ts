import { expect, it } from "vitest";
import { command, onlyModel, recipe, told } from "../assay-yml.ts";

const seeded = (seeds: string) => command.replace("run:", `seeds: ${seeds}\n      run:`);
const recipeWith = (seeds: string, seed: number) =>
  recipe
    .replace("trainer: tfjs", `trainer: tfjs\n      seeds: ${seeds}`)
    .replace("target: species\n        f", `target: species\n        seed: ${seed}\n        f`);

it("trains with several seeds", () => {
  expect(onlyModel(seeded("[3, 1, 2]")).train.seeds).toEqual([3, 1, 2]);
  expect(onlyModel(recipeWith("[4, 5]", 4)).train).toMatchObject({ seeds: [4, 5], trainer: { how: { recipe: { seed: 4 } } } });
  expect(onlyModel(recipe.replace("trainer: tfjs", "trainer: tfjs\n      seeds: [8, 9]")).train).toMatchObject({
    seeds: [8, 9],
    trainer: { how: { recipe: { seed: 8 } } },
  });
});

it.each([
  [seeded("[1, 2, 1]"), "6:21 The seed 1 is named twice. Name each seed once."],
  [seeded("[]"), /^6:14 an empty list is not a list of at least 1 seeds/],
  [seeded("3"), /^6:14 3 is not a list of seeds/],
  [seeded("[1.5]"), /^6:15 1\.5 is not a whole number from 0 to 2147483647/],
  [seeded(`[${Array.from({ length: 21 }, (_, index) => index).join(", ")}]`), /^6:14 a list is not a list of at most 20 seeds/],
  [recipeWith("[4, 5]", 5), "11:15 The seed is 5 here and 4 is the first of train.seeds. Remove it here."],
])("is told what is wrong: %#", (text, expected) => {
  expect(told(text)).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
});
