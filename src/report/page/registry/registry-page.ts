import { visible } from "../../../markdown/escape.ts";
import type { ModelOverview, RegistryOverview } from "../../../registry/overview.ts";
import { plural } from "../../format.ts";
import { documentOf } from "../document.ts";
import { type Html, html, nothing } from "../html.ts";
import { addressesOf } from "./addresses.ts";
import { registryModel } from "./model-section.ts";
import { versionName } from "./words.ts";

/** The registry, and how it was read. */
export interface RegistryPage extends RegistryOverview {
  /** `owner/name`; undefined where the clone is of no repository on GitHub. */
  repository: string | undefined;
  /** Without a slash at its end. */
  serverUrl: string;
  /** ISO 8601. */
  readAt: string;
  /** Why GitHub was not asked, and what to do: then only tags are known. */
  tagsOnly: string | undefined;
  /** What is not shown, and why: a sentence each. */
  notes: readonly string[];
}

const maxTitle = 200;
const maxNotes = 50;

/** One HTML file: no script, no network, light and dark. Every text may come from outside. */
export function renderRegistryPage(page: RegistryPage): string {
  const { models, repository, serverUrl, readAt } = page;
  const addresses = addressesOf(repository, serverUrl);
  const title = repository === undefined ? "Models" : `Models of ${repository}`;
  const sections = models.map((model, at) => registryModel(model, idOf(at), addresses));
  const versions = models.reduce((all, model) => all + model.versions.length, 0);
  const facts = [
    plural(models.length, "model"),
    plural(versions, "version"),
    `read ${readAt.slice(0, 16).replace("T", " ")} UTC`,
  ];
  const header = html`<header class="index"><h1>${visible(title, maxTitle)}</h1><p class="muted">${facts.join(" · ")}</p>${models.length > 1 ? index(models) : nothing}</header>`;
  return documentOf(title, html`${header}${noteList(page)}${models.length === 0 ? empty : sections}${footer(page)}`);
}

const empty = html`<p>No model has an annotated tag here. <code>git tag -a fraud@v1.0.0 -m "why"</code> registers the first version; <code>git fetch --tags</code> brings those of the remote.</p>`;

function idOf(at: number): string {
  return `model-${at + 1}`;
}

/** Each model with what its stages point at. */
function index(models: readonly ModelOverview[]): Html {
  const links = models.map(({ name, active, latest, stages }, at) => {
    const now = stages.flatMap(({ stage, now }) => (now ? [`${stage} ${versionName(now.version)}`] : []));
    const said = [...(active ? [] : ["deprecated"]), ...(now.length > 0 ? now : [latest ?? "no version"])].join(" · ");
    return html`<li><a href="#${idOf(at)}">${name}</a><span class="muted">${said}</span></li>`;
  });
  return html`<nav aria-label="Models"><ul>${links}</ul></nav>`;
}

function noteList({ tagsOnly, problems, notes }: RegistryPage): Html {
  const only = tagsOnly === undefined ? [] : [`From tags alone, without releases, metrics and approvals: ${tagsOnly}`];
  const all = [...only, ...problems, ...notes];
  if (all.length === 0) return nothing;
  const more = all.length > maxNotes ? html`<li>and ${all.length - maxNotes} more</li>` : nothing;
  return html`<aside class="note"><ul>${all.slice(0, maxNotes).map((note) => html`<li>${note}</li>`)}${more}</ul></aside>`;
}

function footer({ tagsOnly }: RegistryPage): Html {
  const rest =
    tagsOnly === undefined
      ? html`<p>Numbers are those of the evidence that a version’s release has, and approvals those that branch <code>assay-ledger</code> tells of. This page shows them and proves nothing.</p>`
      : nothing;
  return html`<footer><p>Versions and stages are annotated tags of git: what they say, when, and who made them.</p>${rest}</footer>`;
}
