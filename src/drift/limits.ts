/**
 * Preset `assay`: up to here an effect is none, however significant. Calibrated by simulation: docs/drift.md has what these
 * limits find, and how often they find what is not there.
 */
export const limits = {
  /** Largest difference of the distribution functions. */
  ks: 0.05,
  /** Jensen-Shannon distance, natural logarithm. */
  js: 0.05,
  /** Change of the share of rows without a value, or with an infinite one. */
  missing: 0.01,
  /** Share of rows in categories that the reference lacks. */
  newCategories: 0.01,
  /** Share of rows beyond the reference's least and greatest value. */
  outOfRange: 0.005,
} as const;

/** False discovery rate over all tests of all columns; with no drift at all the chance of any drifted column. */
export const falseDiscoveryRate = 0.05;

/** What is printed beside an effect: chance alone exceeds it in 1 of 20. */
export const noiseTail = 0.05;
