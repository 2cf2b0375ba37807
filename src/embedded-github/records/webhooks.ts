import type { App, Installation } from "./apps.ts";
import type { Repository } from "./repositories.ts";

/** What an app is told. */
export interface Webhook {
  guid: string;
  app: App;
  installation: Installation;
  repository: Repository | undefined;
  event: string;
  action: string | undefined;
  /** The JSON text, as it is signed. */
  payload: string;
}

/** One try to tell it. */
export interface WebhookAttempt {
  id: number;
  webhook: Webhook;
  redelivery: boolean;
  headers: Readonly<Record<string, string>>;
  deliveredAt: string;
  seconds: number;
  /** `OK`, or what went wrong. */
  status: string;
  /** 0 when there was no answer. */
  statusCode: number;
  answer: { headers: Readonly<Record<string, string>>; body: string };
}
