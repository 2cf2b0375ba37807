import fc from "fast-check";

/**
 * Properties are tried with the same values each time, so that a change is judged by what it changed. `ASSAY_SEED=<integer>`
 * tries others; a counterexample found with it becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env["ASSAY_SEED"] ?? 1) });
