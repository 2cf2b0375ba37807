/** Training that a person asked for by the app. */
export interface TrainingOrder {
  /** What is asked for; undefined: all models that the change touches. The others are planned as ever. */
  models: readonly string[] | undefined;
  /** Train, although there is a run of the same inputs. */
  again: boolean;
  /** Train with the seeds from 1 to this number, in place of those that are declared. */
  seeds: number | undefined;
}

export function isOrdered(order: TrainingOrder | undefined, model: string): order is TrainingOrder {
  return order !== undefined && (order.models === undefined || order.models.includes(model));
}
