import { parse } from "yaml";
import * as z from "zod/mini";
import { UsageError } from "../../errors/errors.ts";

/** What people are asked to state of a model; headings of Hugging Face's template and of the EU AI Act's Annex IV mean these too. */
export const statementTitles = {
  use: "Intended use",
  users: "Users and people affected",
  outOfScope: "Out-of-scope use",
  limitations: "Limitations",
  risks: "Risks",
  oversight: "Human oversight",
  data: "Origin of the data",
  metrics: "Choice of metrics",
  monitoring: "Monitoring and maintenance",
  contact: "Provider and contact",
} as const;

export type StatementKey = keyof typeof statementTitles;

const otherTitles: Readonly<Record<StatementKey, readonly string[]>> = {
  use: ["uses", "use", "direct use", "intended uses", "intended purpose", "use cases", "primary intended uses"],
  users: ["users", "intended users", "primary intended users", "affected people"],
  outOfScope: ["out of scope use", "out-of-scope uses", "out of scope uses", "out-of-scope use cases"],
  limitations: ["technical limitations", "bias, risks, and limitations", "caveats and recommendations", "known limitations"],
  risks: ["risks and mitigations", "bias and risks", "ethical considerations", "foreseeable misuse", "risk management"],
  oversight: ["oversight"],
  data: ["data", "training data", "data collection", "data origin"],
  metrics: ["metrics", "appropriateness of metrics", "performance metrics"],
  monitoring: ["monitoring", "maintenance", "post-market monitoring"],
  contact: ["contact", "provider", "developed by", "authors", "model card contact", "model card authors"],
};

/** What the team's own card says. */
export interface Statements {
  /** Of the file, in the repository. */
  path: string;
  /** By what they are about, as Markdown; what is not there was not provided. */
  stated: Readonly<Partial<Record<StatementKey, string>>>;
  /** Under headings of the team's own, in their order. */
  more: readonly { title: string; text: string }[];
  /** Of the file's front matter what Hugging Face knows. */
  metadata: Metadata;
}

export const noStatements: Statements = { path: "MODEL_CARD.md", stated: {}, more: [], metadata: {} };

const maxCharacters = 256 * 1024;
const text = z.string().check(z.maxLength(500));
const texts = z.union([text, z.array(text).check(z.maxLength(100))]);
const metadataSchema = z.object({
  license: z.optional(text),
  license_name: z.optional(text),
  license_link: z.optional(text),
  language: z.optional(texts),
  library_name: z.optional(text),
  pipeline_tag: z.optional(text),
  base_model: z.optional(texts),
  datasets: z.optional(texts),
  tags: z.optional(texts),
});
export type Metadata = z.infer<typeof metadataSchema>;

interface Section {
  level: number;
  title: string;
  lines: string[];
}

/**
 * Reads the statements of people: Markdown under headings of any level, after front matter if there is any.
 * @throws UsageError when the file is too large or its front matter cannot be read
 */
export function parseStatements(markdown: string, path = "MODEL_CARD.md"): Statements {
  if (markdown.length > maxCharacters)
    throw new UsageError(`${path} has ${markdown.length} characters, more than the ${maxCharacters} that a model card takes.`);
  const [, front, body = markdown] = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(markdown) ?? [];
  const stated: Partial<Record<StatementKey, string>> = {};
  const more: { title: string; text: string }[] = [];
  for (const { title, lines } of sectionsOf(withoutComments(body))) {
    const said = closed(lines.join("\n").trim());
    if (isPlaceholder(said)) continue;
    const key = keyOf(title);
    if (key) stated[key] = stated[key] === undefined ? said : `${stated[key]}\n\n${said}`;
    else more.push({ title, text: said });
  }
  return { path, stated, more, metadata: front === undefined ? {} : readMetadata(front, path) };
}

/** Titles of what nobody stated. */
export function missingStatements({ stated }: Statements): readonly string[] {
  return Object.entries(statementTitles).flatMap(([key, title]) => (key in stated ? [] : [title]));
}

/**
 * Of a card's front matter what the team says in it.
 * @throws UsageError when it cannot be read
 */
export function readMetadata(front: string, path: string): Metadata {
  let value: unknown;
  try {
    value = parse(front, { maxAliasCount: 0 }) ?? {};
  } catch {
    throw new UsageError(`${path}: what stands between the lines --- is not YAML. Mend it, or remove it.`);
  }
  const parsed = metadataSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${path}: ${issue?.path.join(".") || "its front matter"} is not a text or a list of texts. Mend it.`);
}

/** A heading begins a section when it is one of ours, or is no part of the section that it stands in. */
function sectionsOf(body: string): Section[] {
  let current: Section = { level: 0, title: "Summary", lines: [] };
  const sections = [current];
  let fence = "";
  for (const line of body.split(/\r?\n/)) {
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = "";
    const { level, title } = fence === "" ? headingOf(line) : noHeading;
    if (level > 0 && (current.level === 0 || level <= current.level || keyOf(title))) {
      // The title of the document is none of a section: what follows it is the summary.
      const isDocument = level === 1 && !keyOf(title);
      current = { level: isDocument ? 0 : level, title: isDocument ? "Summary" : title, lines: [] };
      sections.push(current);
      // Ours begin at level 3.
    } else current.lines.push(level > 0 ? `${"#".repeat(Math.max(4, level))} ${title}` : line);
  }
  // Else the block would go on over what follows.
  if (fence !== "") current.lines.push(fence);
  return sections;
}

const noHeading = { level: 0, title: "" };

function headingOf(line: string): { level: number; title: string } {
  const [, hashes = "", rest = ""] = /^ {0,3}(#{1,6})(?:[ \t](.*))?$/.exec(line) ?? [];
  if (hashes === "") return noHeading;
  const title = rest.trim();
  let end = title.length;
  while (title[end - 1] === "#") end -= 1;
  const isClosed = end === 0 || /\s/.test(title[end - 1] ?? "");
  return { level: hashes.length, title: isClosed ? title.slice(0, end).trim() : title };
}

/** Nothing is said in comments, such as those of a template. */
function withoutComments(text: string): string {
  let said = "";
  let from = 0;
  for (let at = text.indexOf("<!--"); at >= 0; at = text.indexOf("<!--", from)) {
    const end = text.indexOf("-->", at + 4);
    if (end < 0) break;
    said += text.slice(from, at);
    from = end + 3;
  }
  return said + text.slice(from);
}

/** A comment that does not end would hide what follows. */
function closed(text: string): string {
  return text.includes("<!--") ? `${text}\n\n-->` : text;
}

function keyOf(title: string): StatementKey | undefined {
  const wanted = title
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/ \[optional\]$/, "")
    .trim();
  return keys.find((key) => statementTitles[key].toLowerCase() === wanted || otherTitles[key].includes(wanted));
}

const keys: readonly StatementKey[] = [
  ...(["use", "users", "outOfScope", "limitations", "risks", "oversight", "data", "metrics", "monitoring", "contact"] as const),
];

function isPlaceholder(said: string): boolean {
  return /^\[?(more information needed)?\]?\.?$/i.test(said);
}
