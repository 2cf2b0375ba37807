import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createAdwin } from "../../src/monitoring/adwin.ts";
import { uniform } from "../evaluation/goldens/generator.ts";

const streamSchema = z.object({
  seed: z.int(),
  parts: z.array(z.tuple([z.int(), z.number()])),
  kind: z.enum(["errors", "numbers"]),
  delta: z.number(),
  changes: z.array(z.int()),
  widths: z.array(z.int()),
  width: z.int(),
  mean: z.number(),
});
const goldens = z
  .object({ streams: z.array(streamSchema) })
  .parse(JSON.parse(readFileSync(new URL("goldens/river-adwin.json", import.meta.url), "utf8")));

function valuesOf({ seed, parts, kind }: z.infer<typeof streamSchema>): number[] {
  return parts.flatMap(([rows, level], i) => {
    const u = [...uniform(1000 * seed + i, rows)];
    return u.map((value) => (kind === "numbers" ? value * value + level : value < level ? 1 : 0));
  });
}

describe("ADWIN", () => {
  it.each(goldens.streams)("finds what River's finds, at the same value: stream $seed", (stream) => {
    const adwin = createAdwin(stream.delta);
    const found = valuesOf(stream).flatMap((value, at) => (adwin.add(value) ? [{ at, width: adwin.width }] : []));
    expect(found.map(({ at }) => at)).toEqual(stream.changes);
    expect(found.map(({ width }) => width)).toEqual(stream.widths);
    expect(adwin.width).toBe(stream.width);
    expect(adwin.mean).toBeCloseTo(stream.mean, 9);
  });

  it("is compared with streams that change and streams that do not", () => {
    const changes = goldens.streams.map((stream) => stream.changes.length);
    expect(changes.filter((count) => count > 1).length).toBeGreaterThan(5);
    expect(changes).toContain(0);
  });
});
