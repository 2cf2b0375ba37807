import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyRelease } from "../../../src/flows/verification/verify-release.ts";
import { papersEdition } from "../../../src/release/release-record.ts";
import { expectKey } from "../../../src/release/signature.ts";
import { files } from "../../git/repository.ts";
import { createShipped, evidenceOf, modelFiles, type Shipped, tagObject } from "../../release/shipped-folder.ts";

const verify = ({ folder, publicKey }: Shipped, hasKey = true) =>
  verifyRelease({ folder, signer: hasKey ? expectKey(publicKey) : undefined }, files);

const otherKey = () =>
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();

it("holds as it was shipped, and says what was not looked at", async () => {
  const shipped = await createShipped();
  const { wrong, holds, notLookedAt } = await verify(shipped);
  expect(wrong).toEqual([]);
  expect(holds).toEqual([
    "Files: exactly the 8 that SHA256SUMS lists.",
    expect.stringMatching(/^Evidence: reads, and its seal holds: result [0-9a-f]{12}\.$/),
    "Model: 3 files, the very one that was evaluated.",
    expect.stringMatching(
      /^Decision: tag fraud@v1\.5\.0 by manager <manager@localhost>, object [0-9a-f]{12}, commit c0ffee00c0ff; verdict pass for staging; approved by @risk-lead at 2026-11-02T12:00:00Z on [0-9a-f]{7}\.$/,
    ),
    "Papers: model card and ML-BOM are of this version, model and decision, and say what evidence.json and release.json have.",
    expect.stringMatching(/^Signature: over all files, with this key \(SHA-256 [0-9a-f]{64}\)\.$/),
  ]);
  expect(notLookedAt).toEqual([
    expect.stringMatching(/^Whose key it is/),
    "What people state in MODEL_CARD.md and ml-bom.cdx.json, and the single gates that the card lists: neither evidence.json nor release.json has them.",
    "What report.html says: it is for people, and only its checksum was looked at.",
    expect.stringMatching(/^GitHub: /),
  ]);
});

it("says without a key that the signature was not looked at, and what that means", async () => {
  const shipped = await createShipped();
  const { wrong, notLookedAt } = await verify(shipped, false);
  expect(wrong).toEqual([]);
  expect(notLookedAt).toContain(
    "The signature: whoever changes all files together can make them agree. Name the team's public key with --key, or the workflow that signs with --identity.",
  );
  rmSync(shipped.path("model.sig"));
  expect((await verify(shipped, false)).notLookedAt).toContain(
    "Who made the files: they have no signature, and whoever changes all files together can make them agree.",
  );
});

it("says of papers of another edition that less of them was looked at", async () => {
  const shipped = await createShipped();
  shipped.edit("release.json", `"papers": ${papersEdition}`, `"papers": ${papersEdition + 1}`);
  shipped.edit("MODEL_CARD.md", "\n## Evaluation", "\nIn other words.\n\n## Evaluation");
  shipped.resum();
  const { wrong, holds, notLookedAt } = await verify(shipped, false);
  expect(wrong).toEqual([]);
  expect(holds).toContain("Papers: model card and ML-BOM are of this version, model and decision.");
  expect(notLookedAt).toContain(
    "What MODEL_CARD.md and ml-bom.cdx.json say besides version, digests, approvals and metrics: another edition of Assay wrote them.",
  );
});

it("says that nothing but the report page's bytes was looked at", async () => {
  const shipped = await createShipped();
  shipped.write("report.html", "<p>Whatever is in it</p>");
  shipped.resum();
  await shipped.sign(shipped.privateKey);
  const { wrong, notLookedAt } = await verify(shipped);
  expect(wrong).toEqual([]);
  expect(notLookedAt).toContain("What report.html says: it is for people, and only its checksum was looked at.");
});

const formatOverride = { paths: ["model.json"], reason: "The scorer needs it until June" };

/** What is done to the folder, and the sentence that names it: with the key, and of those without one. */
const tamperings: readonly [what: string, tamper: (shipped: Shipped) => unknown, said: RegExp | string][] = [
  [
    "one bit of the model",
    ({ write }) => write("weights__a.bin", "aaab"),
    /^weights__a\.bin is not what was shipped: it has SHA-256 [0-9a-f]{12}…, SHA256SUMS has [0-9a-f]{12}…\.$/,
  ],
  [
    "the model, sums recomputed",
    ({ write, resum }) => [write("weights__a.bin", "aaab"), resum()],
    /^weights__a\.bin is not what was evaluated: it and SHA256SUMS have [0-9a-f]{12}…, evidence\.json has [0-9a-f]{12}…\.$/,
  ],
  [
    "the model with another size, sums recomputed",
    ({ write, resum }) => [write("weights__a.bin", "aaaaa"), resum()],
    "weights__a.bin has 5 bytes, and what was evaluated has 4 (evidence.json).",
  ],
  [
    "the model and the evidence's list of files, sums recomputed",
    ({ write, facts, resum }) => {
      write("weights__a.bin", "aaab");
      const forged = evidenceOf({ ...modelFiles, "weights/a.bin": "aaab" });
      const trainings = forged.trainings.map((training, index) => ({
        ...training,
        model: { ...training.model, digest: facts.evidence.trainings[index]?.model?.digest },
      }));
      write("evidence.json", JSON.stringify({ ...facts.evidence, trainings }));
      resum();
    },
    "evidence.json was changed after it was sealed: the digest of its model is not that of the files which it lists.",
  ],
  [
    "two files' bytes for each other's",
    ({ write }) => [write("weights__a.bin", "bbbb"), write("weights__b.bin", "aaaa")],
    /^weights__a\.bin is not what was shipped: /,
  ],
  [
    "two files' names for each other's, sums recomputed",
    ({ path, resum }) => {
      renameSync(path("weights__a.bin"), path("x"));
      renameSync(path("weights__b.bin"), path("weights__a.bin"));
      renameSync(path("x"), path("weights__b.bin"));
      resum();
    },
    /^weights__a\.bin is not what was evaluated: /,
  ],
  ["a file added", ({ write }) => write("run.py", "import os"), "run.py is not listed in SHA256SUMS: it was added."],
  [
    "a file added, sums recomputed",
    ({ write, resum }) => [write("run.py", "import os"), resum()],
    "run.py is no file of the model that was evaluated (evidence.json), nor one of a release's papers.",
  ],
  [
    "a file added in a folder",
    ({ path, write }) => [mkdirSync(path("weights")), write("weights/c.bin", "cccc")],
    "weights/c.bin is not listed in SHA256SUMS: it was added.",
  ],
  ["a file removed", ({ path }) => rmSync(path("weights__b.bin")), "weights__b.bin is listed in SHA256SUMS and is not there."],
  [
    "a file removed, sums recomputed",
    ({ path, resum }) => [rmSync(path("weights__b.bin")), resum()],
    "weights__b.bin is a file of the model that was evaluated (evidence.json), and is not there.",
  ],
  [
    "a file renamed",
    ({ path }) => renameSync(path("weights__b.bin"), path("weights__c.bin")),
    "weights__c.bin is not listed in SHA256SUMS: it was added.",
  ],
  [
    "the checksums removed",
    ({ path }) => rmSync(path("SHA256SUMS")),
    "SHA256SUMS is not there, and every release of Assay has it.",
  ],
  [
    "the evidence removed, sums recomputed",
    ({ path, resum }) => [rmSync(path("evidence.json")), resum()],
    "evidence.json is not there, and every release of Assay has it.",
  ],
  [
    "a link in place of a file",
    ({ path, folder }) => {
      renameSync(path("weights__a.bin"), join(folder, "..", "a.bin"));
      symlinkSync(join(folder, "..", "a.bin"), path("weights__a.bin"));
    },
    "weights__a.bin is a link: a release has files alone.",
  ],
  [
    "a link in place of the checksums",
    ({ path, folder }) => {
      renameSync(path("SHA256SUMS"), join(folder, "..", "sums"));
      symlinkSync(join(folder, "..", "sums"), path("SHA256SUMS"));
    },
    "SHA256SUMS is a link: a release has files alone.",
  ],
  [
    "a path that leaves the folder",
    ({ read, write }) => write("SHA256SUMS", read("SHA256SUMS").replace("weights__a.bin", "../../etc/passwd")),
    /^Line \d of SHA256SUMS names "\.\.\/\.\.\/etc\/passwd", which is no file of this folder itself\.$/,
  ],
  [
    "an entry twice",
    ({ read, write }) => write("SHA256SUMS", `${read("SHA256SUMS")}${"0".repeat(64)}  model.json\n`),
    'SHA256SUMS lists "model.json" twice.',
  ],
  [
    "a line that some programs read otherwise",
    ({ edit }) => edit("SHA256SUMS", "  model.json", " *model.json"),
    /^Line \d of SHA256SUMS is no checksum and name: "[0-9a-f]{64} \*model\.json"\.$/,
  ],
  [
    "a file grown huge",
    ({ path }) => truncateSync(path("model.json"), 4 * 1024 ** 4),
    "model.json has 4398046511104 bytes, and what was evaluated has 15 (evidence.json).",
  ],
  [
    "the evidence grown huge",
    ({ path }) => truncateSync(path("evidence.json"), 4 * 1024 ** 4),
    "evidence.json has 4398046511104 bytes, more than the 67108864 that are read.",
  ],
  [
    "a number of the evidence, sums recomputed",
    ({ edit, resum }) => [edit("evidence.json", '"value":0.431', '"value":0.931'), resum()],
    /^evidence\.json: The evidence of model fraud, input hash [0-9a-f]{12}, was changed after it was sealed: /,
  ],
  [
    "a key that no evidence has, sums recomputed",
    ({ edit, resum }) => [edit("evidence.json", "{", '{"note":"fine",'), resum()],
    /^evidence\.json: not evidence as assay\.evidence\/v1 has it: /,
  ],
  [
    "the evidence, sealed anew, sums recomputed",
    ({ write, resum }) => {
      const { trainings } = evidenceOf();
      write("evidence.json", JSON.stringify(evidenceOf(modelFiles, { trainings: trainings.slice(0, 1) })));
      resum();
    },
    /^release\.json has result [0-9a-f]{12}…, evidence\.json has [0-9a-f]{12}…: one of the two was changed\.$/,
  ],
  [
    "an approval added, sums recomputed",
    ({ edit, resum }) => [
      edit(
        "release.json",
        '"approvals": [',
        `"approvals": [{"by":"mallory","headSha":"${"1".repeat(40)}","at":"2026-11-02T12:00:00Z","via":"review"},`,
      ),
      resum(),
    ],
    /^ml-bom\.cdx\.json has approvals risk-lead on [0-9a-f]{40} at 2026-11-02T12:00:00Z, release\.json has mallory on 1{40} at /,
  ],
  [
    "who approved, in two of three papers, sums recomputed",
    ({ edit, resum }) => [edit("release.json", "risk-lead", "mallory"), edit("ml-bom.cdx.json", "risk-lead", "mallory"), resum()],
    "MODEL_CARD.md has other approvals than release.json.",
  ],
  [
    "the verdict, sums recomputed",
    ({ edit, resum }) => [edit("release.json", '"verdict": "pass"', '"verdict": "fail"'), resum()],
    "release.json says that the verdict is fail: such a version is not released without break-glass.",
  ],
  [
    "the tag's object, sums recomputed",
    ({ edit, facts, resum }) => [edit("release.json", tagObject(facts.version, facts.commit).object, "a".repeat(40)), resum()],
    /^release\.json names tag object aaaaaaaaaaaa…, and what it holds of it is [0-9a-f]{12}…\.$/,
  ],
  [
    "the tag's object by one of another commit, sums recomputed",
    ({ read, write, resum }) => {
      const { object, content } = tagObject("v1.5.0", "b".repeat(40));
      const record = JSON.parse(read("release.json"));
      write("release.json", JSON.stringify({ ...record, tag: { ...record.tag, object, content: content.toString() } }));
      resum();
    },
    /^Tag object [0-9a-f]{12}… is at commit b{40}, and release\.json names commit c0ffee00/,
  ],
  [
    "the tag's object by one of another version, sums recomputed",
    ({ read, write, facts, resum }) => {
      const { object, content } = tagObject("v1.4.0", facts.commit);
      const record = JSON.parse(read("release.json"));
      write("release.json", JSON.stringify({ ...record, tag: { ...record.tag, object, content: content.toString() } }));
      resum();
    },
    /^Tag object [0-9a-f]{12}… is called fraud@v1\.4\.0, and release\.json names fraud@v1\.5\.0\.$/,
  ],
  [
    "the version in the record, sums recomputed",
    ({ edit, resum }) => [edit("release.json", '"version": "v1.5.0"', '"version": "v1.6.0"'), resum()],
    "release.json is of fraud@v1.6.0, and names the tag fraud@v1.5.0.",
  ],
  [
    "a record that is none, sums recomputed",
    ({ write, resum }) => [write("release.json", "{}"), resum()],
    /^release\.json: not the record of a release as assay\.release\/v1 has it \(/,
  ],
  [
    "the ML-BOM by another version's, sums recomputed",
    ({ edit, resum }) => [edit("ml-bom.cdx.json", '"version": "v1.5.0"', '"version": "v1.4.0"'), resum()],
    "ml-bom.cdx.json has version v1.4.0, release.json has v1.5.0.",
  ],
  [
    "a metric in the ML-BOM, sums recomputed",
    ({ edit, resum }) => [edit("ml-bom.cdx.json", '"value": "0.431"', '"value": "0.931"'), resum()],
    /^ml-bom\.cdx\.json has metrics average_precision 0\.931, /,
  ],
  [
    "the model card by another version's, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "# fraud v1.5.0", "# fraud v1.4.0"), resum()],
    "MODEL_CARD.md is of fraud v1.4.0, release.json of fraud v1.5.0.",
  ],
  [
    "a metric in the model card, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "value: 0.431", "value: 0.931"), resum()],
    "MODEL_CARD.md does not have average_precision as 0.431, which evidence.json has.",
  ],
  [
    "the override of the format in the record, sums recomputed",
    ({ facts, rewrite, read, write, resum }) => {
      rewrite({ ...facts, formatOverride });
      const { formatOverride: _, ...record } = JSON.parse(read("release.json"));
      write("release.json", JSON.stringify(record));
      resum();
    },
    "ml-bom.cdx.json has format override model.json: The scorer needs it until June, release.json has none.",
  ],
  [
    "the override of the format in record and ML-BOM, sums recomputed",
    ({ facts, rewrite, read, write, resum }) => {
      rewrite({ ...facts, formatOverride });
      const card = read("MODEL_CARD.md");
      rewrite(facts);
      write("MODEL_CARD.md", card);
      resum();
    },
    "MODEL_CARD.md has another override of the model's format than release.json.",
  ],
  [
    "the reason of the override in the model card, sums recomputed",
    ({ facts, rewrite, edit, resum }) => {
      rewrite({ ...facts, formatOverride });
      edit("MODEL_CARD.md", "until June", "for ever");
      resum();
    },
    "MODEL_CARD.md has another override of the model's format than release.json.",
  ],
  [
    "a metric in the model card's table, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "| 0.431 ", "| 0.931 "), resum()],
    /^MODEL_CARD\.md says ".*0\.931.*", where evidence\.json and release\.json make it ".*0\.431.*"\.$/,
  ],
  [
    "the decision in the model card, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "decided: **pass**", "decided: **fail**"), resum()],
    /^MODEL_CARD\.md says ".*decided: \*\*fail\*\*\.", where /,
  ],
  [
    "a sentence in the model card's decision, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "\n### Approvals", "\nApproved for medical use.\n\n### Approvals"), resum()],
    /^MODEL_CARD\.md says /,
  ],
  [
    "a sentence before the model card's facts, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "\n## Evaluation", "\nApproved for medical use.\n\n## Evaluation"), resum()],
    'MODEL_CARD.md says "Approved for medical use.", where evidence.json and release.json make it "## Evaluation".',
  ],
  [
    "a key in the model card's front matter, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "---\n", "---\nextra_gated_heading: Approved\n"), resum()],
    /^MODEL_CARD\.md says "extra_gated_heading: Approved", where /,
  ],
  [
    "a component added to the ML-BOM, sums recomputed",
    ({ edit, resum }) => [
      edit("ml-bom.cdx.json", '  "metadata": {', '  "components": [{"type": "library", "name": "left-pad"}],\n  "metadata": {'),
      resum(),
    ],
    /^ml-bom\.cdx\.json says /,
  ],
  [
    "the license in the ML-BOM, sums recomputed",
    ({ edit, resum }) => [edit("ml-bom.cdx.json", "apache-2.0", "mit"), resum()],
    /^ml-bom\.cdx\.json says ".*mit.*", where evidence\.json and release\.json make it ".*apache-2\.0.*"\.$/,
  ],
  [
    "a key twice in the ML-BOM, sums recomputed",
    ({ edit, resum }) => [edit("ml-bom.cdx.json", '"version": 1,', '"version": 2,\n  "version": 1,'), resum()],
    "ml-bom.cdx.json has the key version twice in one object.",
  ],
  [
    "a key twice in the evidence, sums recomputed",
    ({ edit, resum }) => [edit("evidence.json", "{", '{"model":"other",'), resum()],
    'evidence.json: the evidence has the key "model" twice in one object, so that not every reader reads the same.',
  ],
  [
    "a key twice in the record, sums recomputed",
    ({ edit, resum }) => [edit("release.json", "{", '{"version":"v9.0.0",'), resum()],
    'release.json: has the key "version" twice',
  ],
  [
    "the report page removed, sums recomputed",
    ({ path, resum }) => [rmSync(path("report.html")), resum()],
    "report.html is not there, and every release of Assay has it.",
  ],
  [
    "line breaks of the checksums",
    ({ read, write }) => write("SHA256SUMS", read("SHA256SUMS").replaceAll("\n", "\r\n")),
    /, with a line break of Windows \(CRLF\) where releases have LF: download it again, as it is\.$/,
  ],
  [
    "letters of a checksum to upper case",
    ({ read, write }) =>
      write(
        "SHA256SUMS",
        read("SHA256SUMS").replace(/^[0-9a-f]{64}/, (hex) => hex.toUpperCase()),
      ),
    /^Line 1 of SHA256SUMS is no checksum and name: "[0-9A-F]{64} .*", in upper case where releases have lower case\.$/,
  ],
  [
    "the checksums' first bytes to a byte order mark",
    ({ read, write }) => write("SHA256SUMS", `\ufeff${read("SHA256SUMS")}`),
    /, with a byte order mark before it, which releases do not have\.$/,
  ],
  [
    "what people state, sums recomputed",
    ({ edit, resum }) => [edit("MODEL_CARD.md", "without a person", "with or without a person"), resum()],
    /^MODEL_CARD\.md has SHA-256 [0-9a-f]{12}…, and [0-9a-f]{12}… was signed\.$/,
  ],
  [
    "the evidence and all papers, signed with another key",
    async ({ rewrite, facts, sign }) => {
      const { trainings } = evidenceOf();
      rewrite({ ...facts, evidence: evidenceOf(modelFiles, { trainings: trainings.slice(0, 1) }) });
      await sign(otherKey());
    },
    "The signature was made with another key: the hint in it is not this public key's.",
  ],
  [
    "the signature by one of another version",
    async (shipped) => {
      const older = await createShipped();
      older.rewrite({ ...older.facts, version: "v1.4.0" });
      await older.sign(shipped.privateKey);
      shipped.write("model.sig", older.read("model.sig"));
    },
    /^MODEL_CARD\.md has SHA-256 [0-9a-f]{12}…, and [0-9a-f]{12}… was signed\.$/,
  ],
  [
    "the signature removed",
    ({ path }) => rmSync(path("model.sig")),
    "model.sig is not there, so nothing says who made these files.",
  ],
  [
    "a signature that is none",
    ({ write }) => write("model.sig", "{}"),
    /^model\.sig: This is no Sigstore bundle v0\.3 signed with a key /,
  ],
];

describe("a shipped folder is named wrong after a change of", () => {
  it.each(tamperings)("%s", async (_, tamper, said) => {
    const shipped = await createShipped();
    await tamper(shipped);
    const { wrong } = await verify(shipped);
    expect(wrong).toEqual([typeof said === "string" ? said : expect.stringMatching(said)]);
  });
});

it("says of what comes after the first thing that is wrong that it was not looked at", async () => {
  const shipped = await createShipped();
  shipped.write("weights__a.bin", "aaab");
  const { holds, notLookedAt } = await verify(shipped);
  expect(holds).toHaveLength(2);
  expect(notLookedAt).toEqual([
    "What comes after the first thing that is wrong: decision, papers, signature.",
    expect.stringMatching(/^GitHub: /),
  ]);
});

it("is a mistake to name no folder, and a key that is none", async () => {
  const shipped = await createShipped();
  await expect(verifyRelease({ folder: shipped.path("nowhere"), signer: undefined }, files)).rejects.toThrow(
    "There is no folder",
  );
  expect(() => expectKey("x")).toThrow("The public key cannot be read.");
  writeFileSync(shipped.path("model.sig"), "x");
  expect((await verify(shipped, false)).wrong).toEqual([]);
});
