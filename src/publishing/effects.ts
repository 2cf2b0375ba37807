/** What became of a published thing. */
export type Effect = "created" | "updated" | "unchanged" | "left-alone";

/** A comment as decided: found again by marker and author, whatever the number of comments. */
export interface PlannedComment {
  number: number;
  /** First line of the body, an HTML comment such as `<!-- assay:report v1 -->`. */
  marker: string;
  body: string;
}
