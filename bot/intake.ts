import * as z from "zod/mini";
import { before } from "./before.ts";
import { departures } from "./handlers/departures.ts";
import { handlers } from "./handlers/handlers.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./operations/metrics.ts";
import { isTooDeep } from "./payload-size.ts";
import type { Store } from "./queue/store.ts";

/** A webhook as it came in. */
export interface RawDelivery {
  guid: string | undefined;
  event: string | undefined;
  signature: string | undefined;
  body: string;
  /** GitHub does not wait longer for an answer. */
  deadline: AbortSignal;
}

export interface Answer {
  status: 200 | 202 | 400 | 401 | 422 | 500;
  text: string;
}

export interface IntakeParts {
  appId: number;
  /** Whether the body was signed with our secret. */
  verify(body: string, signature: string): Promise<boolean>;
  store: Pick<Store, "accept" | "drop">;
  metrics: Metrics;
  log: Log;
}

/** Any text: GitHub sends a UUID, others need not. A click is kept under it. */
const guidSchema = z.string().check(z.regex(/^[\x21-\x7e]{1,100}$/));
const eventSchema = z.string().check(z.regex(/^[a-z_]{1,100}$/));

/** Checks, understands and keeps a delivery. A 2xx means that it is kept, or that there is nothing to keep of it. */
export async function takeIn({ guid, event, signature, body, deadline }: RawDelivery, parts: IntakeParts): Promise<Answer> {
  const { metrics, log, store, appId } = parts;
  if (signature === undefined || !(await parts.verify(body, signature).catch(() => false))) {
    // Not the event's name: before the signature is checked, anybody can write it.
    metrics.delivered("unknown", "refused");
    // Nobody vouches for the GUID either; it is what GitHub lists the delivery under.
    const claimed = z.safeParse(z.guid(), guid).data;
    log.warn({ guid: claimed }, "refused a delivery: X-Hub-Signature-256 is not that of our webhook secret");
    return { status: 401, text: "X-Hub-Signature-256 is not that of the app's webhook secret.\n" };
  }
  if (!guidSchema.safeParse(guid).success || !eventSchema.safeParse(event).success || guid === undefined || event === undefined) {
    metrics.delivered("unknown", "refused");
    return { status: 400, text: "X-GitHub-Delivery and X-GitHub-Event have to be set.\n" };
  }
  const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
  const departure = Object.hasOwn(departures, event) ? departures[event] : undefined;
  if (handler === undefined && departure === undefined) {
    metrics.delivered("other", "ignored");
    log.info({ guid, event }, "nothing to do for this event");
    return { status: 200, text: "Nothing to do for this event.\n" };
  }
  try {
    if (isTooDeep(body)) throw new SyntaxError("It has more objects and arrays in each other than any payload of GitHub.");
    const payload: unknown = JSON.parse(body);
    const gone = departure?.(payload);
    if (gone !== undefined) {
      const dropped = await before(deadline, store.drop(gone));
      metrics.delivered(event, "accepted");
      log.info({ guid, event, ...gone, dropped }, "the app was removed there: what waited is dropped, dead letters too");
      return { status: 202, text: "Kept.\n" };
    }
    const heard = handler?.(payload, { guid, receivedAt: new Date(), appId });
    if (heard === undefined) {
      metrics.delivered(event, "ignored");
      return { status: 200, text: "Nothing to do.\n" };
    }
    const isNew = await before(deadline, store.accept({ guid, event, ...heard }));
    metrics.delivered(event, isNew ? "accepted" : "duplicate");
    return { status: 202, text: isNew ? "Kept.\n" : "Known.\n" };
  } catch (error) {
    if (error instanceof z.core.$ZodError || error instanceof SyntaxError) {
      const where = error instanceof z.core.$ZodError ? error.issues[0]?.path.join(".") : undefined;
      metrics.delivered(event, "refused");
      log.warn({ guid, event, where }, "refused a delivery: its payload has another form than GitHub documents");
      return { status: 422, text: `The payload of ${event} is not understood${where ? ` at ${where}` : ""}.\n` };
    }
    metrics.delivered(event, "failed");
    log.error({ err: error, guid, event }, "a delivery could not be kept; GitHub shows it as failed, and it is asked for again");
    return { status: 500, text: "The delivery could not be kept. Send it again.\n" };
  }
}
