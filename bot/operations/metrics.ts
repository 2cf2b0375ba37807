import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Overview } from "../queue/overview.ts";
import type { ContactStanding } from "./contact.ts";

/** What the app counts of itself. */
export interface Metrics {
  delivered(event: string, outcome: "accepted" | "duplicate" | "ignored" | "refused" | "failed"): void;
  /** An answer of GitHub; the endpoint is a route with its parameters unfilled. Undefined: none came. */
  answered(endpoint: string, status: number | undefined): void;
  /** Each installation, and the app itself, has limits of its own; GraphQL has another than the rest. */
  limited(whose: { installation: string; resource: string }, left: number): void;
  /** Something was written, such as a comment that was created. */
  effected(kind: string, effect: string): void;
  looked(outcome: "done" | "failed" | "postponed"): void;
  /** In Prometheus' text form; the queue's numbers are left out when the store does not answer. */
  text(overview: Overview | undefined, contact?: ContactStanding): Promise<{ type: string; text: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const deliveries = counter("assay_deliveries_total", "Webhook deliveries by event and what became of them", [
    "event",
    "outcome",
  ]);
  const calls = counter("assay_github_calls_total", "Calls to GitHub by endpoint and status of the answer; none: no answer", [
    "endpoint",
    "status",
  ]);
  const rate = new Gauge({
    name: "assay_github_rate_left",
    help: "Calls that GitHub said are left, by the latest answer",
    labelNames: ["installation", "resource"],
    registers,
  });
  const effects = counter("assay_effects_total", "What was written to GitHub", ["kind", "effect"]);
  const looks = counter("assay_looks_total", "Looks at a subject and how they ended", ["outcome"]);
  const states = new Gauge({ name: "assay_queue_subjects", help: "Subjects in the queue", labelNames: ["state"], registers });
  const oldest = gauge("assay_queue_oldest_seconds", "How long the first subject that is due has been waiting");
  const dead = gauge("assay_dead_letters", "Subjects that were given up after too many failed tries");
  const up = gauge("assay_store_up", "Whether the store answers");
  const reachable = gauge(
    "assay_github_up",
    "Whether GitHub answers and takes the app's key, by the latest call; 1 before the first",
  );
  const lastAnswer = gauge("assay_github_last_answer_seconds", "Unix time of GitHub's latest answer; 0 before the first");
  return {
    delivered: (event, outcome) => deliveries.inc({ event, outcome }),
    answered: (endpoint, status) => calls.inc({ endpoint, status: String(status ?? "none") }),
    limited: (whose, left) => rate.set(whose, left),
    effected: (kind, effect) => effects.inc({ kind, effect }),
    looked: (outcome) => looks.inc({ outcome }),
    async text(overview, contact) {
      reachable.set(contact?.failing === undefined ? 1 : 0);
      lastAnswer.set((contact?.lastAnswer?.getTime() ?? 0) / 1_000);
      up.set(overview === undefined ? 0 : 1);
      if (overview !== undefined) {
        for (const state of ["waiting", "postponed", "active"] as const) states.set({ state }, overview[state]);
        oldest.set(overview.oldestSeconds);
        dead.set(overview.dead);
      } else {
        // 0 would say that all is well.
        states.reset();
        for (const unknown of [oldest, dead]) unknown.remove();
      }
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
