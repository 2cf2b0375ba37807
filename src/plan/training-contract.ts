/**
 * Part of every input hash. It grows only when the same inputs would give another model because Assay's own training changed,
 * not with each version of Assay, or every upgrade would train everything again.
 */
export const trainingContract = 1;
