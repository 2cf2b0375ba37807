import type { Repository } from "./repositories.ts";
import type { RunStatus } from "./runs.ts";

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number | undefined;
  end_column?: number | undefined;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title?: string | undefined;
  raw_details?: string | undefined;
}

export interface CheckRun {
  id: number;
  repository: Repository;
  name: string;
  headSha: string;
  appSlug: string;
  externalId: string | null;
  detailsUrl: string | null;
  status: RunStatus;
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  /** Buttons. GitHub never says which a check run has. */
  actions: readonly { label: string; description: string; identifier: string }[];
}
