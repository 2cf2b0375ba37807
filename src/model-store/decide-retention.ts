import type { Digest } from "../evidence/digest.ts";
import type { Evidence } from "../evidence/evidence.ts";

export interface StoredFile {
  digest: Digest;
  bytes: number;
  /** ISO 8601. */
  storedAt: string;
}

/** A record of the ledger, as far as files of the store are named in it. */
export interface NamedFiles {
  model: string;
  inputHash: string;
  resultDigest: string | undefined;
  /** ISO 8601; undefined of what cannot be read as evidence. */
  sealedAt: string | undefined;
  digests: ReadonlySet<Digest>;
}

/** What is kept whatever its age. */
export interface Needed {
  /** Result digests that releases are marked with. */
  released: ReadonlySet<string>;
  /** Of the files that releases have. */
  shipped: ReadonlySet<Digest>;
  /** By inputs: `version v1.2.0`, `the baseline of now`. */
  inUse: ReadonlyMap<string, string>;
}

export interface Judged extends StoredFile {
  days: number;
  /** A sentence part. */
  why: string;
}

export interface Retention {
  goes: readonly Judged[];
  stays: readonly Judged[];
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Which files of the model store are older than what is declared and needed by nothing: each with the reason. */
export function decideRetention(
  stored: readonly StoredFile[],
  records: readonly NamedFiles[],
  needed: Needed,
  { storeDays, now }: { storeDays: number; now: Date },
): Retention {
  const newest = newestOf(records);
  const reasons = new Map<Digest, string>();
  for (const record of records) {
    const why = whyKept(record, needed, newest);
    if (why !== undefined) for (const digest of record.digests) if (!reasons.has(digest)) reasons.set(digest, why);
  }
  const named = new Map(records.flatMap((record) => [...record.digests].map((digest) => [digest, record] as const)));
  const goes: Judged[] = [];
  const stays: Judged[] = [];
  for (const file of stored) {
    const days = Math.floor((now.getTime() - Date.parse(file.storedAt)) / dayMs);
    const kept =
      (needed.shipped.has(file.digest) ? "a release has it" : reasons.get(file.digest)) ??
      // A time that is none is no age.
      (days >= storeDays ? undefined : `younger than ${storeDays} days`);
    const record = named.get(file.digest);
    const of = record
      ? `of ${record.model} ${record.inputHash.slice("sha256:".length, 19)}, which is no baseline now`
      : "in no record";
    if (kept === undefined) goes.push({ ...file, days, why: of });
    else stays.push({ ...file, days, why: kept });
  }
  return { goes: goes.toSorted((a, b) => b.days - a.days || (a.digest < b.digest ? -1 : 1)), stays };
}

function whyKept(record: NamedFiles, { released, inUse }: Needed, newest: ReadonlySet<NamedFiles>): string | undefined {
  const { model, resultDigest, sealedAt, inputHash } = record;
  if (sealedAt === undefined) return "a record that cannot be read names it";
  if (resultDigest !== undefined && released.has(resultDigest)) return `a release of ${model} is of this result`;
  return inUse.get(inputHash) ?? (newest.has(record) ? `the newest record of ${model} names it` : undefined);
}

/** One a model: what a change is compared with where nothing else is known. */
function newestOf(records: readonly NamedFiles[]): ReadonlySet<NamedFiles> {
  const newest = new Map<string, NamedFiles>();
  for (const record of records) {
    const before = newest.get(record.model);
    if (before === undefined || (record.sealedAt ?? "") > (before.sealedAt ?? "")) newest.set(record.model, record);
  }
  return new Set(newest.values());
}

/** All of the store that evidence names: models of all trainings, predictions, profiles of data. */
export function filesNamedBy({ model, inputHash, seal, trainings, evaluations, data }: Evidence): NamedFiles {
  const digests = [
    ...trainings.flatMap((training) => training.model?.files ?? []).map(({ digest }) => digest),
    ...evaluations.flatMap(({ candidate, baseline }) => [...(candidate?.predictions ?? []), ...(baseline?.predictions ?? [])]),
    ...(data?.tables ?? []).flatMap(({ profile }) => profile ?? []),
  ];
  return {
    model,
    inputHash,
    resultDigest: seal?.resultDigest,
    sealedAt: seal?.sealedAt ?? "",
    digests: new Set(digests as Digest[]),
  };
}

/** What cannot be read as evidence may still be needed: everything in it that looks like a digest. */
export function filesNamedIn(text: string): NamedFiles {
  const digests = new Set(text.match(/\bsha256:[0-9a-f]{64}\b/g) as Digest[] | null);
  return { model: "", inputHash: "", resultDigest: undefined, sealedAt: undefined, digests };
}
