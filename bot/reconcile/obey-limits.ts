import { GitHubError } from "../../src/errors/errors.ts";
import { ComeBackLater, type Reconcile } from "../queue/store.ts";

/**
 * Where GitHub asks for a pause the subject waits for its end, which is none of its failures, and so does whatever else would be
 * asked for the same installation: the limit is its.
 */
export function obeyingLimits(reconcile: Reconcile): Reconcile {
  const pauses = new Map<number, { until: Date; reason: string }>();
  return async (subject, signal) => {
    const { installation } = subject.repository;
    const pause = pauses.get(installation);
    if (pause && pause.until.getTime() > Date.now()) throw new ComeBackLater(pause.until, pause.reason);
    pauses.delete(installation);
    try {
      await reconcile(subject, signal);
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.retryAt) throw error;
      pauses.set(installation, { until: error.retryAt, reason: error.message });
      throw new ComeBackLater(error.retryAt, error.message, { cause: error });
    }
  };
}
