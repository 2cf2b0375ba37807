import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const lines = readFileSync(join(root, "bot/Containerfile"), "utf8").split("\n");
const of = (instruction: string) =>
  lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

describe("the container", () => {
  it("has the Node that the tests run on", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const from of of("FROM")) expect(from.split(" ")[0]).toBe(`docker.io/library/node:${devDependencies.node}-slim`);
  });

  it("copies only what is there and production needs", () => {
    const copied = of("COPY").filter((line) => !line.startsWith("--from"));
    for (const path of copied.flatMap((line) => line.split(" ").slice(0, -1))) expect(existsSync(join(root, path))).toBe(true);
    expect(copied.join("\n")).not.toMatch(/\btest\b|\bdist\b|\s\.\s/);
    expect(of("RUN").join("\n")).toContain("--omit=dev");
  });

  it("runs as a user without rights, and Node itself gets the signals", () => {
    expect(lines.indexOf("USER node")).toBeLessThan(lines.findIndex((line) => line.startsWith("CMD")));
    expect(of("CMD")).toEqual([`["node", "bot/main.ts"]`]);
  });
});
