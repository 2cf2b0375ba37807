import {
  type EmbeddedGitHub,
  type EmbeddedGitHubOptions,
  type Exchange,
  startEmbeddedGitHub,
} from "../../src/embedded-github/embedded-github.ts";
import { validateExchange, validateWebhook } from "./validate.ts";

/** The embedded GitHub with every REST exchange and webhook held against GitHub's own description; `close` throws when anything was wrong. */
export interface CheckedGitHub extends EmbeddedGitHub {
  /** What was wrong so far; a test that provokes it empties the list. */
  readonly problems: string[];
}

export async function startCheckedGitHub(options: EmbeddedGitHubOptions = {}): Promise<CheckedGitHub> {
  const problems: string[] = [];
  const github = await startEmbeddedGitHub({
    ...options,
    onExchange: (exchange) => {
      problems.push(...problemsOf(exchange));
      options.onExchange?.(exchange);
    },
  });
  return {
    ...github,
    problems,
    close: async () => {
      await github.close();
      const found = [
        ...problems,
        ...github.webhookAttempts.flatMap(({ webhook }) => validateWebhook(webhook.event, JSON.parse(webhook.payload))),
        ...github.failures,
        ...github.unknownRequests.map((request) => `${request}: the embedded GitHub has no such route`),
      ];
      if (found.length > 0) throw new Error(`The embedded GitHub met what GitHub would not:\n${[...new Set(found)].join("\n")}`);
    },
  };
}

/** GraphQL, the artifact service and blob storage are not part of the description. */
function problemsOf(exchange: Exchange): readonly string[] {
  if (exchange.injected || /^\/(graphql|twirp|_storage)\b/.test(exchange.path)) return [];
  const upload = exchange.path.startsWith("/_uploads/");
  return validateExchange({
    ...exchange,
    path: exchange.path.replace(/^\/_uploads/, ""),
    requestBody: exchange.requestBody.length === 0 ? undefined : upload ? exchange.requestBody : parse(exchange.requestBody),
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return body;
  }
}
