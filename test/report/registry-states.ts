import { digestOf } from "../../src/evidence/digest.ts";
import type { Evidence } from "../../src/evidence/evidence.ts";
import type { GitTag } from "../../src/git/tags.ts";
import { overviewOf, type Shipped } from "../../src/registry/overview.ts";
import { readRegistry } from "../../src/registry/registry-state.ts";
import type { RegistryPage } from "../../src/report/page/registry/registry-page.ts";
import { createEvidence } from "./create-report.ts";
import { hostileText } from "./hostile.ts";

const start = Date.UTC(2026, 2, 2, 9, 30) / 1_000;
const day = 86_400;

function commit(of: string): string {
  return digestOf(of).slice("sha256:".length, "sha256:".length + 40);
}

/** An annotated tag, so many days after the first. */
function tag(name: string, on: string, days: number, { by = "release manager", message = "" } = {}): GitTag {
  return {
    ...{ name, id: commit(`object ${name}`), commit: commit(on), committedAt: start + (days - 1) * day },
    ...{ tagger: { name: by, email: "manager@example.com" }, taggedAt: start + days * day, offsetMinutes: 60 },
    message: message || `Release ${name}`,
  };
}

/** Evidence whose metrics are so much above those of the first version. */
function evidenceOf(model: string, version: string, gain: number, testSet = "2026-02"): Evidence {
  const evidence = createEvidence(model, { inputHash: digestOf(`${model} ${version}`) });
  const evaluations = evidence.evaluations.map(({ candidate, ...evaluation }) => ({
    ...evaluation,
    testSet: { ...evaluation.testSet, digest: digestOf(testSet) },
    ...(candidate && {
      candidate: {
        ...candidate,
        metrics: candidate.metrics.map(({ value, interval: _, ...metric }) => ({
          ...metric,
          value: value === null ? null : value + gain,
          ...(value !== null &&
            metric.metric !== "f1" && { interval: { low: value + gain - 0.011, high: value + gain + 0.009 } }),
        })),
      },
    }),
  }));
  return { ...evidence, evaluations, source: { ...evidence.source, pullRequest: 200 + Math.round(gain * 1_000) } };
}

function pageOf(tags: readonly GitTag[], shipped?: Shipped, more: Partial<RegistryPage> = {}): RegistryPage {
  return {
    ...overviewOf(readRegistry(tags.toSorted((a, b) => (a.name < b.name ? -1 : 1))), shipped),
    ...{ repository: "acme/risk-models", serverUrl: "https://github.com", readAt: "2026-11-22T06:00:00.000Z" },
    ...{ tagsOnly: undefined, notes: [] },
    ...more,
  };
}

const emergency = {
  issue: 57,
  askedBy: [
    { by: "maria-lindqvist", comment: 1, at: "2026-06-01T09:00:00Z", reason: "v1.2.0 declines every card" },
    { by: "j-okafor", comment: 2, at: "2026-06-01T09:04:00Z", reason: `confirmed ${hostileText.slice(0, 60)}` },
  ],
  around: ["The verdict is fail."],
};

/** Two models with releases and promotions, a rollback among them, and one that is deprecated. */
function several(): RegistryPage {
  const gains = [0, 0.006, 0.013, 0.011, 0.021];
  const versions = gains.map((_, at) => `v1.${at}.0`);
  const tags = [
    ...versions.map((version, at) => tag(`fraud@${version}`, `fraud ${version}`, at * 30)),
    ...versions
      .slice(0, 4)
      .map((version, at) => tag(`fraud#staging#${at * 2 + 1}`, `fraud ${version}`, at * 30 + 1, { by: "assay[bot]" })),
    ...versions
      .slice(0, 4)
      .map((version, at) => tag(`fraud#production#${at * 2 + 2}`, `fraud ${version}`, at * 30 + 3, { by: "assay[bot]" })),
    tag("fraud#production#9", "fraud v1.2.0", 95, { by: "assay[bot]" }),
    tag("fraud#shadow#10", "fraud v1.1.0", 40),
    tag("fraud#shadow!#11", "fraud v1.1.0", 60),
    tag("models=churn@v0.1.0", "churn v0.1.0", 12),
    tag("models=churn@v0.2.0-rc.1", "churn v0.2.0-rc.1", 44),
    tag("models=churn#staging#1", "churn v0.2.0-rc.1", 45),
    tag("old-scorer@v3.0.0", "old", 1),
    tag("old-scorer@v3.0.0!#1", "old", 2),
    tag("old-scorer@deprecated#2", "old", 4_000),
  ];
  const releases = versions
    .slice(0, 4)
    .map((version, at): [string, Shipped["releases"] extends ReadonlyMap<string, infer R> ? R : never] => {
      const evidence = evidenceOf("fraud", version, gains[at] ?? 0, at > 2 ? "2026-05" : "2026-02");
      return [
        `fraud@${version}`,
        {
          url: `https://github.com/acme/risk-models/releases/tag/fraud@${version}`,
          publishedAt: "2026-04-01T09:00:00Z",
          evidence,
        },
      ];
    });
  const promotions = tags.flatMap(({ name }) => {
    if (!/^fraud#(staging|production)#/.test(name)) return [];
    const approvedBy = name.includes("production") ? ["maria-lindqvist", "j-okafor"] : ["maria-lindqvist"];
    const breakGlass = name === "fraud#staging#7" ? emergency : undefined;
    return [[name, name.endsWith("#9") ? { approvedBy: [], rollback: true as const } : { approvedBy, breakGlass }] as const];
  });
  return pageOf(tags, { releases: new Map(releases), promotions: new Map(promotions) });
}

/** One model with more versions than anybody reads. */
function many(count = 150): RegistryPage {
  const versions = Array.from({ length: count }, (_, at) => `v${Math.floor(at / 20)}.${at % 20}.0`);
  const tags = versions.flatMap((version, at) => [
    tag(`demand@${version}`, version, at),
    ...(at % 3 === 0 ? [tag(`demand#production#${at + 1}`, version, at + 0.5)] : []),
  ]);
  const releases = versions.map((version, at) => {
    const evidence = evidenceOf("demand", version, 0.03 * Math.sin(at / 9), `test set ${Math.floor(at / 50)}`);
    return [
      `demand@${version}`,
      { url: `https://github.com/acme/risk-models/releases/tag/demand@${version}`, publishedAt: undefined, evidence },
    ] as const;
  });
  return pageOf(tags, { releases: new Map(releases), promotions: new Map() });
}

/** As long as tags can be, and as hostile as texts can be. */
function long(): RegistryPage {
  const name = `a${"-very-long-name-of-a-model".repeat(7)}`;
  const version = `v1.0.0-rc.${"1".repeat(60)}+build.${"abcdef".repeat(10)}`;
  const stage = `stage${"-of-many-words".repeat(6)}`;
  const tags = [
    tag(`${name}@${version}`, "long", 1, { by: hostileText, message: hostileText }),
    tag(`${name}#${stage}#1`, "long", 2, { by: "w".repeat(200) }),
    tag(`${name}#${stage}-2#2`, "elsewhere", 3),
    tag(`some/folder/below/another=${name}@v0.0.1`, "other", 4),
  ];
  const release = {
    url: `javascript:${hostileText}`,
    publishedAt: undefined,
    evidence: evidenceOf(name, version, 0, hostileText),
  };
  const { metrics = [] } = release.evidence.evaluations[0]?.candidate ?? {};
  for (const metric of metrics.slice(0, 1)) Object.assign(metric, { metric: hostileText.slice(0, 100) });
  return pageOf(
    tags,
    {
      releases: new Map([[`${name}@${version}`, release]]),
      promotions: new Map([[`${name}#${stage}#1`, { approvedBy: [hostileText, "x".repeat(100)] }]]),
    },
    { repository: `acme/${"r".repeat(100)}`, notes: [hostileText] },
  );
}

function fromTagsAlone(): RegistryPage {
  const { models, problems, ...page } = several();
  const tags = models.flatMap(({ history }) => history.map(({ tag: name, commit: id, at }) => ({ name, id, at })));
  const plain = tags.map(({ name, id, at }) => ({ ...tag(name, name, 0), commit: id, taggedAt: Date.parse(at) / 1_000 }));
  return pageOf(plain, undefined, {
    ...page,
    repository: undefined,
    tagsOnly: "there is no token. Set GITHUB_TOKEN, for example to what `gh auth token` prints.",
  });
}

export const registryPages: Readonly<Record<string, () => RegistryPage>> = {
  "several models": several,
  "many versions": many,
  "names without end": long,
  "tags alone": fromTagsAlone,
  "no model": () => pageOf([], undefined),
};
