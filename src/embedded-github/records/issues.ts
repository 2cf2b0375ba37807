import type { Repository } from "./repositories.ts";

export interface Issue {
  id: number;
  number: number;
  repository: Repository;
  title: string;
  body: string | null;
  author: string;
  labels: readonly Label[];
  state: "open" | "closed";
  stateReason: IssueStateReason | null;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: string | null;
}

export const issueStateReasons = ["completed", "not_planned", "duplicate", "reopened"] as const;
export type IssueStateReason = (typeof issueStateReasons)[number];

export interface Label {
  id: number;
  repository: Repository;
  name: string;
  /** Six hexadecimal digits. */
  color: string;
  description: string | null;
}
