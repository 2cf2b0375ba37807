import { ApiError, notFound } from "../api-error.ts";
import { type Answer, type Call, idParam, pageSize, type Route } from "../route.ts";
import type { WebhookAttempt } from "../state.ts";
import { deliveryItem, deliveryView } from "../views/webhooks.ts";
import { letterOf } from "../webhooks.ts";

export const webhookRoutes: readonly Route[] = [
  { method: "GET", pattern: "/app/hook/deliveries", anyOf: ["app"], handle: listDeliveries },
  { method: "GET", pattern: "/app/hook/deliveries/{id}", anyOf: ["app"], handle: getDelivery },
  { method: "POST", pattern: "/app/hook/deliveries/{id}/attempts", anyOf: ["app"], handle: redeliver },
];

function attemptsOf({ state, caller }: Call): readonly WebhookAttempt[] {
  return state.webhookAttempts.filter(({ webhook }) => webhook.app === caller.app);
}

/** Newest first; pages by cursor, so that those that come meanwhile shift none. */
async function listDeliveries(call: Call): Promise<Answer> {
  const query = call.url.searchParams;
  const cursor = query.get("cursor");
  const before = cursor === null ? Number.POSITIVE_INFINITY : Number(/^v1_(\d+)$/.exec(cursor)?.[1]);
  if (Number.isNaN(before)) throw new ApiError(400, "Invalid cursor");
  const status = query.get("status");
  const found = attemptsOf(call)
    .filter(({ id, statusCode }) => id < before && (status === null || (status === "success") === isSuccess(statusCode)))
    .sort((a, b) => b.id - a.id);
  const page = found.slice(0, pageSize(call));
  const last = page.at(-1);
  if (last === undefined || page.length === found.length) return { status: 200, json: page.map(deliveryItem) };
  const next = new URL(call.url);
  next.searchParams.set("cursor", `v1_${last.id}`);
  return { status: 200, headers: { link: `<${next.href}>; rel="next"` }, json: page.map(deliveryItem) };
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 400;
}

function attemptOf(call: Call): WebhookAttempt {
  const attempt = attemptsOf(call).find(({ id }) => id === idParam(call, "id"));
  if (!attempt) throw notFound();
  return attempt;
}

async function getDelivery(call: Call): Promise<Answer> {
  return { status: 200, json: deliveryView(attemptOf(call)) };
}

async function redeliver(call: Call): Promise<Answer> {
  call.state.post.take(letterOf(call.state, attemptOf(call).webhook, true));
  return { status: 202, json: {} };
}
