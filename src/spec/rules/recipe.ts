import { below, exactlyOne, isMap, type Loose, listOf, type Report } from "../rule.ts";

export function checkRecipe(recipe: Loose, report: Report): void {
  if (isMap(recipe["early-stopping"]) && (recipe.validation === undefined || recipe.validation === 0))
    report(["early-stopping"], "Early stopping watches the validation loss, and no rows are held out.", "Add validation: 0.2.");
  if (isMap(recipe.optimizer))
    exactlyOne(recipe.optimizer, ["adam", "sgd", "rmsprop"], below(report, "optimizer"), "Write {adam: 0.01}.");
  for (const [index, layer] of listOf(recipe.layers).entries())
    if (isMap(layer)) checkLayer(layer, below(report, "layers", index));
  if (isMap(recipe.features)) checkFeatures(recipe.features, recipe.target, below(report, "features"));
}

function checkLayer(layer: Loose, report: Report): void {
  exactlyOne(layer, ["dense", "dropout"], report, "Write {dense: 16} or {dropout: 0.2}.");
  if (typeof layer.dropout === "number" && typeof layer.activation === "string")
    report(["activation"], "A dropout layer has no activation.", "Remove activation.");
}

function checkFeatures({ numeric, categorical }: Loose, target: unknown, report: Report): void {
  if ([numeric, categorical].every((names) => names === undefined || (Array.isArray(names) && names.length === 0)))
    report([], "The recipe has no feature.", "Name at least one column under numeric or categorical.");
  const seen = new Set<unknown>([target]);
  for (const [kind, names] of Object.entries({ numeric, categorical })) {
    for (const [index, name] of listOf(names).entries()) {
      if (typeof name !== "string") continue;
      const why = name === target ? "is the target" : "is named twice";
      if (seen.has(name)) report([kind, index], `The column ${JSON.stringify(name)} ${why}.`, "Remove it here.");
      seen.add(name);
    }
  }
}
