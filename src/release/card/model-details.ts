import type { PhrasePart } from "../../markdown/phrase.ts";
import { formatBytes, plural } from "../../report/format.ts";
import type { TrustLevel } from "../../trust/trust.ts";
import { type ReleaseFacts, runUrl, shippedModel } from "../release-facts.ts";
import { taskName } from "./card-metadata.ts";
import { type FactRow, factsTable } from "./facts-table.ts";

const trustWords: Readonly<Record<TrustLevel, string>> = {
  fork: "a fork's own run: every number is a claim of its workflow",
  "pull-request": "a run of this repository on a pull request",
  protected: "a run of this repository on its protected branch",
};

/** What the model is, and what it came from. */
export function modelDetails(facts: ReleaseFacts): string {
  const { evidence, serverUrl, repository, predecessor, formatOverride } = facts;
  const { source } = evidence;
  const web = `${serverUrl}/${repository}`;
  const model = shippedModel(evidence);
  const run = runUrl(facts);
  const commit = (sha: string): PhrasePart => ({ link: [{ code: sha }], to: `${web}/commit/${sha}` });
  const rows: (FactRow | undefined)[] = [
    ["Model", [{ code: evidence.model }]],
    ["Version", [{ code: facts.version }, ...(facts.stage === undefined ? [] : [", released for ", { code: facts.stage }])]],
    ["Task", taskName(evidence.task)],
    model && [
      "Files",
      [
        { code: model.format },
        `, ${plural(model.files.length, "file")}, ${formatBytes(model.files.reduce((sum, { bytes }) => sum + bytes, 0))}`,
      ],
    ],
    model && ["Model digest", [{ code: model.digest }]],
    evidence.seal && ["Result digest", [{ code: evidence.seal.resultDigest }]],
    ["Input hash", [{ code: evidence.inputHash }]],
    ["Repository", [{ link: repository, to: web }]],
    ["Tagged commit", [commit(facts.commit)]],
    ["Trained commit", [commit(source.commit)]],
    source.headSha === undefined ? undefined : ["Head that was shown", [commit(source.headSha)]],
    source.pullRequest === undefined
      ? undefined
      : ["Pull request", [{ link: `Pull request ${source.pullRequest}`, to: `${web}/pull/${source.pullRequest}` }]],
    source.run && run
      ? [
          "Run",
          [{ link: `Run ${source.run.id}, attempt ${source.run.attempt}`, to: run }, ", event ", { code: source.run.event }],
        ]
      : ["Run", "by hand"],
    ["Made by", trustWords[facts.trust]],
    evidence.seal && ["Sealed", evidence.seal.sealedAt],
    ["Follows", predecessor ? [{ code: predecessor.version }] : "no earlier version"],
    formatOverride && overrideRow(formatOverride),
  ];
  return factsTable(rows.filter((row) => row !== undefined));
}

/** What is shipped although its format can hold code. */
export function overrideRow({ paths, reason }: NonNullable<ReleaseFacts["formatOverride"]>): FactRow {
  return [overrideLabel, [...paths.flatMap((path): PhrasePart[] => [{ code: path }, " "]), `because: ${reason}`]];
}

export const overrideLabel = "Shipped in spite of its format";
