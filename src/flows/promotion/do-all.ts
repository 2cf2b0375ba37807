import { AssayError } from "../../errors/errors.ts";

/**
 * Takes each step, one after the other, whatever became of those before.
 * @returns what failed
 * @throws what is no failure but a bug, once all were tried
 */
export async function doAll(steps: readonly (() => Promise<unknown>)[]): Promise<readonly AssayError[]> {
  const failed: AssayError[] = [];
  const bugs: unknown[] = [];
  for (const step of steps)
    try {
      await step();
    } catch (error) {
      if (error instanceof AssayError) failed.push(error);
      else bugs.push(error);
    }
  if (bugs.length > 0) throw bugs[0];
  return failed;
}
