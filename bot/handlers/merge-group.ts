import * as z from "zod/mini";
import { action, type Handler, placeOf, sha } from "./handler.ts";

const schema = z.object({ action, merge_group: z.object({ head_sha: sha, base_sha: sha }) });

export const onMergeGroup: Handler = (payload) => {
  const { action: what, merge_group } = schema.parse(payload);
  if (what !== "checks_requested") return undefined;
  return {
    subject: { kind: "merge-group", repository: placeOf(payload), headSha: merge_group.head_sha, baseSha: merge_group.base_sha },
  };
};
