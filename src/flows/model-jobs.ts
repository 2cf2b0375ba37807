/**
 * Jobs of a model are named for it: `Train fraud`, `Models / Train fraud`, of an unnamed matrix job `train (fraud, …)`, and of a
 * grid `Train fraud (2)` and `Evaluate fraud`.
 */
export function jobIsOf(job: string, model: string): boolean {
  const name = job.split(" / ").at(-1) ?? job;
  const named = name.replace(/ \((\d+|baseline)\)$/, "").toLowerCase();
  if (["train", "evaluate"].some((verb) => named === `${verb} ${model}`.toLowerCase())) return true;
  return /^(?:train|evaluate) \((?<first>[^,)]+)/i.exec(name)?.groups?.["first"] === model;
}

/** Whether a job trains or evaluates some model. */
export function isModelJob(job: string): boolean {
  return /^(?:train|evaluate) \S/i.test(job.split(" / ").at(-1) ?? job);
}
