import type { WebhookAttempt } from "../state.ts";

/** GitHub's `hook-delivery-item`. */
export function deliveryItem(attempt: WebhookAttempt) {
  const { id, webhook, redelivery, deliveredAt, seconds, status, statusCode } = attempt;
  return {
    id,
    guid: webhook.guid,
    delivered_at: deliveredAt,
    redelivery,
    duration: seconds,
    status,
    status_code: statusCode,
    event: webhook.event,
    action: webhook.action ?? null,
    installation_id: webhook.installation.id,
    repository_id: webhook.repository?.id ?? null,
    throttled_at: null,
  };
}

/** GitHub's `hook-delivery`. */
export function deliveryView(attempt: WebhookAttempt) {
  const payload: unknown = JSON.parse(attempt.webhook.payload);
  return {
    ...deliveryItem(attempt),
    url: attempt.webhook.app.webhook?.url ?? "",
    request: { headers: attempt.headers, payload },
    response: { headers: attempt.answer.headers, payload: attempt.answer.body },
  };
}
