import { expect, it } from "vitest";
import { quoteForShell } from "../../src/processes/quote-for-shell.ts";

it("quotes for cmd, and refuses what cmd cannot quote", () => {
  expect(quoteForShell("C:\\a b\\c&d", "win32")).toBe('"C:\\a b\\c&d"');
  expect(() => quoteForShell("C:\\%PATH%", "win32")).toThrow(/cannot be passed/);
  expect(quoteForShell("it's", "linux")).toBe("'it'\\''s'");
});
