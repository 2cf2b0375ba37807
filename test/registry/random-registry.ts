import { formatTagName, nextCounter, type TagName } from "../../src/registry/tag-name.ts";
import { createRandom } from "../../src/statistics/random.ts";
import type { Repository } from "../git/repository.ts";

/** Uniform in [0, 1), the same for the same seed. */
export function numbers(seed: number): () => number {
  const random = createRandom(seed);
  return () => random.uniform();
}

/** That many events of three models, at times that are often equal, among tags that are none of a model. */
export function tagAtRandom(repository: Repository, random: () => number, count: number): number {
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const commits = Array.from({ length: 40 }, () => repository.commit());
  const at = new Map<string, string>();
  const tags = new Map<string, { commit: string; date: string }>();
  let time = Math.floor(Date.now() / 1_000) + 10;
  let minor = 0;
  while (tags.size < count) {
    time += pick([0, 0, 1, 100]);
    const model = pick(["fraud", "churn", "models:price"]);
    const versions = [...at].filter(([version]) => version.startsWith(`${model} `));
    const [known, knownCommit] = versions.length > 0 ? pick(versions as [[string, string]]) : [];
    const free = commits.filter((commit) => !versions.some(([, taken]) => taken === commit));
    const counter = random() < 0.7 ? { counter: nextCounter(tags.keys(), model) } : {};
    const action = pick(["register", "register", "assign", "assign", "unassign", "deregister", "deprecate"] as const);
    let tag: TagName;
    let commit = knownCommit ?? commits[0] ?? "";
    if (action === "register" && free.length > 0) {
      minor += 1;
      const version = `v${pick(["0", "1"])}.${minor}.0${pick(["", "", "-rc.1", "-rc.11", "+b5"])}`;
      commit = pick(free as [string]);
      at.set(`${model} ${version}`, commit);
      tag = { model, action, version, ...counter };
    } else if (known === undefined) continue;
    else if (action === "deregister")
      tag = { model, action, version: known.split(" ")[1] ?? "", counter: nextCounter(tags.keys(), model) };
    else if (action === "deprecate") tag = { model, action, counter: nextCounter(tags.keys(), model) };
    else if (action === "assign" || action === "unassign")
      tag = { model, action, stage: pick(["dev", "staging", "prod-eu"]), counter: nextCounter(tags.keys(), model) };
    else continue;
    const name = formatTagName(tag);
    if (tags.has(name)) continue;
    tags.set(name, { commit, date: `${time} ${pick(["+0000", "+0530", "-0330"])}` });
  }
  writeTags(repository, tags);
  repository.git("tag", "fraud@v9.9.9");
  repository.git("tag", "--annotate", "--message", "none of a model", "v1.0.0");
  return tags.size;
}

function writeTags(repository: Repository, tags: ReadonlyMap<string, { commit: string; date: string }>): void {
  const paths = [...tags].map(([name, { commit, date }], at) => {
    const path = `.git/made/${at}`;
    const header = `object ${commit}\ntype commit\ntag ${name}\ntagger Ann Example <ann@example.com> ${date}`;
    repository.write(path, `${header}\n\nabout ${name}\n`);
    return path;
  });
  const ids = repository.git("hash-object", "-t", "tag", "-w", ...paths).split("\n");
  repository.write(
    ".git/packed-refs",
    [...tags.keys()]
      .map((name, at) => `${ids[at]} refs/tags/${name}\n`)
      .sort()
      .join(""),
  );
}
