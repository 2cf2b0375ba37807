import { AssayError, GitHubError } from "../../errors/errors.ts";

/** What is wrong with what was read is a reason among others; that GitHub did not answer is none. */
export async function orWrong<T>(read: () => Promise<T>): Promise<T | { wrong: string }> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AssayError) || error instanceof GitHubError) throw error;
    return { wrong: error.message };
  }
}
