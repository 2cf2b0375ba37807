/** Whether GitHub can be worked with, by what the app's own calls met. */
export interface ContactStanding {
  /** Undefined: there was none since the app was started. */
  lastAnswer: Date | undefined;
  /** Every call since then met no answer, a 5xx, or a refusal of the app's key; `why` is the latest one's. */
  failing: { since: Date; why: string } | undefined;
}

export interface Contact {
  /** GitHub answered a call that the app made. */
  answered(): void;
  failed(why: string): void;
  standing(): ContactStanding;
}

export function createContact(now: () => Date = () => new Date()): Contact {
  let lastAnswer: ContactStanding["lastAnswer"];
  let failing: ContactStanding["failing"];
  return {
    answered() {
      lastAnswer = now();
      failing = undefined;
    },
    failed(why) {
      failing = { since: failing?.since ?? now(), why };
    },
    standing: () => ({ lastAnswer, failing }),
  };
}

/** What a call met, where that says something of every other; `asApp`: signed with the app's key. */
export interface MetError {
  endpoint: string;
  /** Undefined: no answer. */
  status: number | undefined;
  error: unknown;
  asApp: boolean;
}

/** Why a call failed for a reason that others will fail for, too; undefined where GitHub answered what was asked. */
export function whyOutOfReach({ endpoint, status, error, asApp }: MetError): string | undefined {
  if (status === undefined) return `no answer to ${endpoint}: ${reasonOf(error)}`;
  if (status >= 500) return `GitHub answered ${status} to ${endpoint}`;
  if (status === 401 && asApp)
    return `GitHub answered 401 to ${endpoint}: it does not take the app's key. APP_ID and key have to be those of one app, and this machine's clock has to be right`;
  return undefined;
}

/** The innermost cause says most; where several addresses were tried in vain, that is a code alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause === undefined ? "" : reasonOf(error.cause);
  return inner || error.message || ("code" in error ? String(error.code) : "");
}
