/** The work's result, or a rejection when its time is up first; the work itself goes on. */
export function before<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error("not done in time"));
    if (deadline.aborted) tooLate();
    deadline.addEventListener("abort", tooLate, { once: true });
    work.then(resolve, reject).finally(() => deadline.removeEventListener("abort", tooLate));
  });
}
