import type { ProbotOctokit } from "probot";
import { CommitCache } from "../src/github/commit-cache.ts";
import { type AppOctokits, createGitHubApp } from "../src/github/octokit/github-app.ts";
import { obeyPauses } from "../src/github/octokit/obey-pauses.ts";
import { statusOf } from "../src/github/octokit/request-error.ts";
import type { BotParts, Work } from "./bot.ts";
import { webUrlOf } from "./config.ts";
import { whyOutOfReach } from "./operations/contact.ts";
import { endpointOf } from "./operations/endpoint.ts";
import type { Context } from "./reconcile/context.ts";
import { createReconcile } from "./reconcile/reconcile.ts";
import { sweep } from "./reconcile/sweep.ts";

/**
 * A workflow run of a commit starts within minutes. A self-hosted job may take five days and wait for one before; what is not over
 * then never will be.
 */
const deadlines = { run: 15, end: 6 * 24 * 60 };

/** The app's work on GitHub, signed in through Probot. */
export function createWork({ config, probot, store, metrics, contact, log }: BotParts): Work {
  const known = new WeakSet<ProbotOctokit>();
  // Probot gives the same one for the app each time: hooked again, it would count each answer once more.
  const counted = (octokit: ProbotOctokit, installation: number | "app") => {
    if (known.has(octokit)) return octokit;
    known.add(octokit);
    octokit.hook.after("request", ({ status, headers }, { method, url }) => {
      contact.answered();
      metrics.answered(endpointOf(method, url), status);
      const left = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
      const resource = headers["x-ratelimit-resource"] ?? "core";
      if (Number.isFinite(left)) metrics.limited({ installation: String(installation), resource: String(resource) }, left);
    });
    octokit.hook.error("request", (error, { method, url, request }) => {
      const endpoint = endpointOf(method, url);
      const status = statusOf(error);
      metrics.answered(endpoint, status);
      const why = whyOutOfReach({ endpoint, status, error, asApp: installation === "app" });
      // What we broke off ourselves says nothing, and neither does a token that has to be renewed.
      if (why !== undefined && !request?.signal?.aborted) contact.failed(why);
      else if (why === undefined && status !== 401) contact.answered();
      throw error;
    });
    // What is not sent is not counted.
    obeyPauses(octokit);
    return octokit;
  };
  const octokits: AppOctokits = {
    asApp: async () => counted(await probot.auth(), "app"),
    asInstallation: async (id) => counted(await probot.auth(id), id),
  };
  const context: Context = {
    store,
    app: createGitHubApp(octokits),
    serverUrl: webUrlOf(config.apiUrl),
    deadlines,
    commits: new CommitCache(),
    looked: new Set(),
    now: () => new Date(),
    log: (line) => log.warn({}, line),
    effect: (kind, effect) => metrics.effected(kind, effect),
  };
  return {
    reconcile: createReconcile(context),
    sweep: (everything, signal) => sweep(context, { everything }, signal),
  };
}
