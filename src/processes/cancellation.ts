/** Aborted with the signal's name when the runner or the user cancels; listening keeps Node from ending at once. */
export function cancellation(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort(signal));
  return controller.signal;
}
