import { setTimeout as wait } from "node:timers/promises";
import { setSecret } from "@actions/core";
import * as z from "zod/mini";
import { GitHubError, UsageError } from "../../src/errors/errors.ts";

const answerSchema = z.object({ value: z.string().check(z.minLength(1)) });
const attempts = 4;

/**
 * Tokens of this job's identity, which GitHub signs. The toolkit's own client would bring a second HTTP stack into every cold start.
 * @returns what asks for one; it is never shown in the log
 * @throws UsageError where the job may ask for none
 */
export function openIdentityToken(): (audience: string) => Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = process.env;
  if (!address || !secret)
    throw new UsageError("`sign: keyless` needs this job's identity. Give it `id-token: write` under `permissions:`.");
  return async (audience) => {
    const url = new URL(address);
    url.searchParams.set("audience", audience);
    const headers = { accept: "application/json", authorization: `Bearer ${secret}` };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask(url, headers);
      if (typeof answer === "string") return answer;
      if (!answer.passes || attempt === attempts)
        throw new GitHubError(`GitHub gives no token of this job's identity: ${answer.why}. Run the job again.`);
      await wait(500 * 2 ** attempt);
    }
  };
}

async function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<string | { why: string; passes: boolean }> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
    if (!response.ok) return { why: `HTTP ${response.status}`, passes: response.status >= 500 || response.status === 429 };
    const { value } = answerSchema.parse(await response.json());
    setSecret(value);
    return value;
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error), passes: true };
  }
}
