import { didYouMean } from "./did-you-mean.ts";

/** What else metrics are called, without case and punctuation; of several the first that is known where it is asked. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  acc: ["accuracy"],
  accuracyscore: ["accuracy"],
  bacc: ["balanced_accuracy"],
  auc: ["roc_auc", "roc_auc_ovr"],
  auroc: ["roc_auc", "roc_auc_ovr"],
  rocaucscore: ["roc_auc", "roc_auc_ovr"],
  ap: ["average_precision"],
  auprc: ["average_precision"],
  prauc: ["average_precision"],
  brier: ["brier_score"],
  crossentropy: ["log_loss"],
  logloss: ["log_loss"],
  nll: ["log_loss"],
  f1score: ["f1", "f1_macro"],
  macrof1: ["f1_macro"],
  microf1: ["f1_micro"],
  mcc: ["matthews_corrcoef"],
  kappa: ["cohen_kappa"],
  cohenkappascore: ["cohen_kappa"],
  ece: ["expected_calibration_error"],
  subsetaccuracy: ["accuracy"],
  tpratfpr: ["recall_at_fpr"],
  patk: ["precision_at_k"],
  precisionscore: ["precision", "precision_macro"],
  recallscore: ["recall", "recall_macro"],
  sensitivity: ["recall"],
  mae: ["mean_absolute_error"],
  medae: ["median_absolute_error"],
  pinball: ["mean_pinball_loss"],
  pinballloss: ["mean_pinball_loss"],
  quantileloss: ["mean_pinball_loss"],
  mape: ["mean_absolute_percentage_error"],
  mse: ["mean_squared_error"],
  r2score: ["r2"],
  rsquared: ["r2"],
  rmse: ["root_mean_squared_error"],
};

/** The metric among `known` that a name was probably meant to be: by another name of it, else by its letters. */
export function meantMetric(name: string, known: readonly string[]): string | undefined {
  const alias = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const called = Object.hasOwn(aliases, alias) ? aliases[alias] : undefined;
  return called?.find((metric) => known.includes(metric)) ?? didYouMean(name, known);
}
