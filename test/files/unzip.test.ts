import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { MissingDataError } from "../../src/errors/errors.ts";
import { createNodeFiles } from "../../src/files/node-files.ts";
import { unzip } from "../../src/files/unzip.ts";
import { zipArchive } from "./zip-archive.ts";

const files = createNodeFiles();
const mebibyte = 1_024 ** 2;

/** Unpacks the bytes; what came of it by path. */
async function unpacked(archive: Buffer, limits: { maxFiles?: number; maxBytes?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "assay-unzip-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [file, to] = [join(folder, "archive.zip"), join(folder, "deep", "to")];
  await writeFile(file, archive);
  const failure = await unzip("assay-run-x", file, to, { maxFiles: 100, maxBytes: mebibyte, ...limits }).then(
    () => undefined,
    (error: unknown) => error,
  );
  const paths = (await files.list(folder)).filter((path) => path !== "archive.zip");
  const content = Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.replace("deep/to/", ""), await readFile(join(folder, path), "latin1")])),
  );
  return { failure, content };
}

describe("an archive", () => {
  it.each([
    ["small", false],
    ["written as those of large files are", true],
  ])("is unpacked whole: %s", async (_, large) => {
    const archive = zipArchive(
      [
        { path: "evidence.json", content: "{}" },
        { path: "trainings/1/", content: "" },
        { path: "trainings/1/model/weights.bin", content: "weights ".repeat(50_000), stored: true },
        { path: "empty", content: "" },
        { path: "größe.txt", content: "x".repeat(100) },
      ],
      { large },
    );
    const { failure, content } = await unpacked(archive);
    expect(failure).toBeUndefined();
    expect(content).toEqual({
      "evidence.json": "{}",
      "trainings/1/model/weights.bin": "weights ".repeat(50_000),
      empty: "",
      "größe.txt": "x".repeat(100),
    });
  });

  it("may hold nothing", async () => {
    expect(await unpacked(zipArchive([]))).toEqual({ failure: undefined, content: {} });
  });

  const bomb = "\0".repeat(2 * mebibyte);
  const hostile: readonly [string, Buffer, string][] = [
    [
      "holds more than there is room for",
      zipArchive([{ path: "a", content: bomb }]),
      "2097152 bytes once unpacked, and at most 1048576",
    ],
    [
      "holds it in many files together",
      zipArchive(Array.from({ length: 3 }, (_, index) => ({ path: `${index}`, content: "x".repeat(400_000) }))),
      "1200000 bytes once unpacked",
    ],
    [
      "understates what it holds",
      zipArchive([{ path: "a", content: bomb, claims: { bytes: 9 } }]),
      "a holds more than the 9 bytes",
    ],
    [
      "overstates what it holds",
      zipArchive([{ path: "a", content: "12", claims: { bytes: 9 } }]),
      "a holds 2 bytes, and its archive states 9",
    ],
    [
      "says that something is packed into nothing",
      zipArchive([{ path: "a", content: "12", claims: { packedBytes: 0 } }]),
      "damaged",
    ],
    [
      "says that a file is packed into more than the archive has",
      zipArchive([{ path: "a", content: "12", claims: { packedBytes: 9_999 } }]),
      "damaged",
    ],
    [
      "says that a file is packed into as much as a number can say",
      zipArchive([{ path: "a", content: "12", claims: { packedBytes: Number.MAX_SAFE_INTEGER } }], { large: true }),
      "damaged",
    ],
    [
      "has more files than are unpacked",
      zipArchive(Array.from({ length: 101 }, (_, index) => ({ path: `${index}`, content: "" }))),
      "101 files, and at most 100",
    ],
    ["states more files than it has", zipArchive([{ path: "a", content: "a" }], { count: 2 }), "directory is damaged"],
    ["names a file outside", zipArchive([{ path: "../a", content: "a" }]), "no path below a folder"],
    ["names a file outside, further down", zipArchive([{ path: "a/../../../b", content: "a" }]), "no path below a folder"],
    ["names a file from the root", zipArchive([{ path: "/tmp/a", content: "a" }]), "no path below a folder"],
    ["names a file as Windows does", zipArchive([{ path: "..\\a", content: "a" }]), "no path below a folder"],
    ["names a file twice", zipArchive([1, 2].map((content) => ({ path: "a", content: `${content}` }))), "EEXIST"],
    ["names a file and what is in it", zipArchive(["a", "a/b"].map((path) => ({ path, content: "1" }))), "cannot be unpacked"],
    ["is encrypted", zipArchive([{ path: "a", content: "a", claims: { flags: 1 } }]), "packed in a way"],
    ["is packed by another method", zipArchive([{ path: "a", content: "a", claims: { method: 12 } }]), "packed in a way"],
    ["is none", Buffer.from("{}"), "no ZIP archive"],
    ["is empty", Buffer.alloc(0), "no ZIP archive"],
    ["is cut off", zipArchive([{ path: "a", content: "a".repeat(1_000) }]).subarray(0, -30), "no ZIP archive"],
    ["is cut off before", zipArchive([{ path: "a", content: "a".repeat(1_000) }]).subarray(20), "damaged"],
  ];

  it.each(hostile)("is refused by its name when it %s", async (_, archive, why) => {
    const { failure, content } = await unpacked(archive);
    expect(failure).toMatchObject({
      name: "MissingDataError",
      message: expect.stringMatching(/^assay-run-x cannot be unpacked: /),
    });
    expect(failure).toMatchObject({ message: expect.stringContaining(why) });
    // Nothing outside, and of what is larger than it says no more than a piece.
    expect(Object.keys(content).every((path) => /^(a|[0-9]+)$/.test(path))).toBe(true);
    expect(Object.values(content).join("").length).toBeLessThan(mebibyte);
  });

  it("that is damaged anywhere is refused or unpacked within its limits, and never a bug", async () => {
    const whole = zipArchive([
      { path: "a", content: "text ".repeat(30) },
      { path: "b/c", content: "12" },
    ]);
    for (let at = 0; at < whole.length; at += 1) {
      const archive = Buffer.from(whole);
      archive[at] = (archive[at] ?? 0) ^ 0xff;
      const { failure } = await unpacked(archive);
      if (failure) expect(failure, `byte ${at}`).toMatchObject({ name: "MissingDataError" });
    }
  });
});

it("of an archive whatever its bytes are is unpacked within its folder and its limits, or refused as the archive's fault", async () => {
  const packed = fc.record({
    path: fc.constantFrom("a", "a/b", "b", "../out", "../../out", "a/../../out", "", "a/", "nul\0", "x".repeat(300)),
    content: fc.string({ maxLength: 300 }),
    stored: fc.boolean(),
    claims: fc.record(
      { bytes: fc.nat(400), packedBytes: fc.nat(400), method: fc.nat(9), flags: fc.nat(3) },
      { requiredKeys: [] },
    ),
  });
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
  const cut = fc.option(fc.nat(), { freq: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(packed, { maxLength: 4 }), fc.boolean(), damage, cut, async (entries, large, bytes, end) => {
      const archive = zipArchive(entries, { large });
      for (const [at, byte] of bytes) archive[at % archive.length] = byte;
      const { failure, content } = await unpacked(archive.subarray(0, end === null ? undefined : end % archive.length), {
        maxBytes: 500,
      });
      if (failure !== undefined) expect(failure).toBeInstanceOf(MissingDataError);
      expect(Object.keys(content).filter((path) => path.startsWith("deep/") || path === "out")).toEqual([]);
      const sizes = Object.values<string>(content).map(({ length }) => length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(500);
    }),
    { numRuns: 200 },
  );
});
