export type CheckConclusion = "success" | "failure" | "neutral" | "action_required";

export interface CheckAnnotation {
  path: string;
  startLine: number;
  endLine: number;
  level: "notice" | "warning" | "failure";
  title: string;
  message: string;
}

export interface CheckContent {
  name: string;
  headSha: string;
  /** Our key: the same check run is found by it again. */
  externalId: string;
  detailsUrl?: string | undefined;
  /** Undefined: in progress. */
  conclusion: CheckConclusion | undefined;
  title: string;
  summary: string;
  text?: string | undefined;
  /** Any number; sent 50 a request. */
  annotations: readonly CheckAnnotation[];
  /** Buttons, three at most; only an app's check run can have them. Left out, they stay as they are. */
  actions?: readonly CheckAction[] | undefined;
}

/** At most 20, 40 and 20 characters. A click is the webhook `check_run.requested_action`. */
export interface CheckAction {
  label: string;
  description: string;
  identifier: string;
}

export interface CheckRun {
  id: number;
  name: string;
  headSha: string;
  externalId: string | undefined;
  appSlug: string | undefined;
  conclusion: string | undefined;
  url: string;
  title: string | undefined;
  summary: string | undefined;
  text: string | undefined;
  detailsUrl: string | undefined;
  annotationCount: number;
}

export interface Checks {
  /** Check runs of that name on the commit, of any app, oldest first, also those that a newer one replaced. */
  list(headSha: string, name: string): Promise<readonly CheckRun[]>;
  get(id: number): Promise<CheckRun | undefined>;
  annotations(id: number): Promise<readonly CheckAnnotation[]>;
  /** Never retried by itself: a lost answer may have stored it. It is in progress until the last annotation is there. */
  create(content: CheckContent): Promise<CheckRun>;
  /** GitHub adds the annotations to those that the check run has: none is ever taken away. */
  update(id: number, content: CheckContent): Promise<CheckRun>;
}
