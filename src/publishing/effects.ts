/** What became of a published thing. */
export type Effect = "created" | "updated" | "unchanged" | "left-alone";

/** A comment as decided: found again by marker and author, whatever the number of comments. */
export interface PlannedComment {
  number: number;
  /** First line of the body, an HTML comment such as `<!-- assay:report v1 -->`. */
  marker: string;
  body: string;
}

export interface PublishOptions<Known> {
  /**
   * What was written last, and its id: it is used instead of searched for. Who may die between a write and remembering it forgets it
   * before the write.
   */
  known?: Known | undefined;
  /** It was never written before, so it is not searched for; who may die between a write and remembering it says so before it. */
  isNew?: boolean | undefined;
  /** Nobody else writes meanwhile, so what GitHub answers is what it has. */
  exclusive?: boolean | undefined;
}
