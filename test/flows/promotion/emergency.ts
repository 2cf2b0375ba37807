import type { IssueComment } from "../../../src/embedded-github/records/pull-requests.ts";
import type { GitHub } from "../../../src/github/github.ts";
import { breakGlassLine } from "../../../src/registry/break-glass.ts";
import type { Promotion } from "../../../src/registry/promotion.ts";
import { openShop, type Shop, type ShopOptions, type Tagged } from "../../chaos/promotion/shop.ts";

/** A version that the rules refuse: a gate fails, and no stage has it. Two people own the model, and a third may write. */
export interface Emergency {
  shop: Shop;
  github: GitHub;
  tagged: Tagged;
  /** Where people ask for it. */
  issue: number;
  /** What an owner writes. */
  line(reason: string, change?: Partial<Parameters<typeof breakGlassLine>[0]>): string;
  say(author: string, body: string): Promise<{ id: number }>;
  /** Both owners ask. */
  bothAsk(): Promise<void>;
  /** Default: into production. */
  promote(stage?: string): Promise<Promotion>;
  /** The rules speak for it, or do not any more. */
  setGate(holds: boolean): Promise<void>;
  /** As the embedded GitHub keeps it. */
  kept(comment: number): IssueComment;
}

export async function openEmergency(options?: ShopOptions): Promise<Emergency> {
  const shop = await openShop(options);
  const github = shop.connect(fetch);
  const { fullName: repository } = shop.place;
  for (const login of ["owner", "second", "third"]) await shop.github.setPermission({ repository, login, permission: "write" });
  const text = (await github.contents.read("assay.yml", "main"))?.bytes.toString() ?? "";
  const rules = text.replace('["@owner"]', '["@owner", "@second"]');
  const emergency: Emergency = {
    ...{ shop, github, issue: shop.merged.pull.number },
    tagged: shop.tagNext(),
    line(reason, change = {}) {
      const { tag, object: tagObject } = emergency.tagged;
      const resultDigest = shop.evidence.seal?.resultDigest ?? "";
      return breakGlassLine({ tag, tagObject, resultDigest, stage: "production", ...change }, reason);
    },
    say: (author, body) => shop.github.addComment({ number: emergency.issue, author, body }),
    async bothAsk() {
      await emergency.say("owner", emergency.line("v1.1.0 declines every card"));
      await emergency.say("second", `${emergency.line("confirmed on the dashboard")}\n\nMore in the incident's channel.`);
    },
    promote(stage = "production") {
      shop.fetchTags();
      return shop.promote(emergency.tagged, stage, github, emergency.issue);
    },
    async setGate(holds) {
      const gate = `at-least: ${holds ? 0.1 : 0.999}`;
      shop.place.push("main", { "assay.yml": rules.replace("no-worse-than: 0.01", gate) });
    },
    kept(id) {
      const comment = shop.github.comments(emergency.issue).find((one) => one.id === id);
      if (!comment) throw new Error(`There is no comment ${id}.`);
      return comment;
    },
  };
  await emergency.setGate(false);
  return emergency;
}
