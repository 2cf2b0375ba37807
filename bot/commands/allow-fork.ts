import { shortSha } from "../../src/report/format.ts";
import { quoted } from "./arguments.ts";
import type { CommandDefinition } from "./command.ts";
import { decided } from "./decided.ts";
import { isAllowed, isFork, needsAnyOwner, needsOpen, needsShownHead } from "./guards.ts";
import { accept, refuse } from "./outcome.ts";
import { expectWords } from "./words.ts";

export const allowFork: CommandDefinition<"allow-fork"> = {
  usage: "/assay allow-fork <sha>",
  summary:
    "Lets this commit of a fork be trained on the repository's own machines, and no other: the next push asks again. Owners of a model, and whoever may maintain the repository.",
  parse: (words) => {
    const [sha = ""] = words.positional;
    const wrong = expectWords(words, { positional: ["commit"] });
    if (wrong !== undefined) return wrong;
    return /^[0-9a-f]{40}$/.test(sha)
      ? { name: "allow-fork", sha }
      : `${quoted(sha)} is not the whole id of a commit, 40 digits of 0-9 and a-f.`;
  },
  print: ({ sha }) => `/assay allow-fork ${sha}`,
  decide: ({ sha }, facts) => {
    const refusal = needsOpen(facts) ?? needsAnyOwner(facts);
    if (refusal) return refusal;
    if (!isFork(facts)) return refuse("The head is a branch of this repository: it needs nobody's leave to be trained.");
    const head = facts.pullRequest.head.sha;
    if (sha !== head)
      return refuse([
        { code: shortSha(sha) },
        " is not the head, which is ",
        { code: shortSha(head) },
        ": read that one before you allow it.",
      ]);
    const unseen = needsShownHead(facts);
    if (unseen) return unseen;
    if (isAllowed(facts))
      return accept([
        { code: shortSha(sha) },
        " is allowed already. To have it trained again: ",
        { code: "/assay retrain" },
        ".",
      ]);
    const { forcePush } = facts;
    return accept(
      [{ code: shortSha(sha) }, " is trained on this repository's machines now. The next push has to be allowed again."],
      {
        records: [{ ...decided(facts), schema: "assay.allowance/v1", ...(forcePush !== undefined && { forcePush }) }],
        dispatch: { again: false },
      },
    );
  },
};
