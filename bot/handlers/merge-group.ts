import * as z from "zod/mini";
import { shaSchema as sha } from "../../src/github/ids.ts";
import { action, type Handler, placeOf } from "./handler.ts";

const schema = z.object({
  action,
  merge_group: z.object({ head_sha: sha, base_sha: sha, head_ref: z.string().check(z.maxLength(1_000)) }),
});

export const onMergeGroup: Handler = (payload) => {
  const { action: what, merge_group } = schema.parse(payload);
  if (what !== "checks_requested") return undefined;
  const { head_sha: headSha, base_sha: baseSha, head_ref } = merge_group;
  const number = /^refs\/heads\/gh-readonly-queue\/.+\/pr-([1-9]\d{0,9})-[0-9a-f]+$/.exec(head_ref)?.[1];
  return {
    subject: {
      kind: "merge-group",
      repository: placeOf(payload),
      headSha,
      baseSha,
      ...(number !== undefined && { number: Number(number) }),
    },
  };
};
