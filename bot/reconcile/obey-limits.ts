import { GitHubError } from "../../src/errors/errors.ts";
import { ComeBackLater, type Reconcile } from "../queue/store.ts";

/** Where GitHub asks for a pause the subject waits for its end, which is none of its failures. */
export function obeyingLimits(reconcile: Reconcile): Reconcile {
  return async (subject, signal) => {
    try {
      await reconcile(subject, signal);
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.retryAt) throw error;
      throw new ComeBackLater(error.retryAt, error.message, { cause: error });
    }
  };
}
