import { GitHubError } from "../errors/errors.ts";

/** Whether GitHub may have done what was asked although it answered with an error or not at all: look before asking again. */
export function isLostAnswer(error: unknown): error is GitHubError {
  return error instanceof GitHubError && (error.status === undefined || error.status >= 500);
}
