import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../src/markdown/blocks.ts";
import { commentBudget } from "../../src/report/comment.ts";
import { type Notice, renderNoticeComment } from "../../src/report/notice.ts";

const notice: Notice = { conclusion: undefined, icon: "⏳", title: "Assay: waiting", lines: ["A run is awaited."] };
const verdict = (length: number) => ({ headSha: "a".repeat(40), body: `## ✅ Pass\n${"x".repeat(length)}` });

describe("the comment without a verdict", () => {
  it("keeps the last verdict where it fits, and leaves it out where GitHub would refuse the comment", () => {
    expect(renderNoticeComment(notice, [], verdict(50_000)).body).toContain("<details>");
    const answers = Array.from({ length: 40 }, (_, index) => `${index} ${"é".repeat(1_000)}`);
    const { body } = renderNoticeComment(notice, answers, verdict(59_000));
    expect(body).not.toContain("<details>");
    expect(body).toContain("A run is awaited.");
    expect(utf8Bytes(body)).toBeLessThan(commentBudget);
  });

  it("shows the newest five answers", () => {
    const { body } = renderNoticeComment(
      notice,
      Array.from({ length: 40 }, (_, index) => `answer ${index}.`),
    );
    expect(body.match(/answer \d+\./g)).toEqual([35, 36, 37, 38, 39].map((index) => `answer ${index}.`));
  });
});
