export interface Issue {
  number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  author: { id: number; login: string };
  /** Names. */
  labels: readonly string[];
  url: string;
  /** Undefined while it is open. */
  closedAt: string | undefined;
}

export interface Label {
  name: string;
  /** Six hexadecimal digits. */
  color: string;
  description: string;
}

export interface IssueChange {
  body?: string | undefined;
  state?: Issue["state"] | undefined;
  /** Why it is closed; GitHub says `completed` unless it is told. */
  reason?: "completed" | "duplicate" | undefined;
}

export interface Issues {
  /** Open and closed ones with the label, the lowest number first; pull requests are none. */
  listLabelled(label: string): Promise<readonly Issue[]>;
  get(number: number): Promise<Issue | undefined>;
  /** Never retried by itself: a lost answer may have stored it. A label that the repository lacks may be dropped. */
  create(request: { title: string; body: string; labels: readonly string[] }): Promise<Issue>;
  update(number: number, change: IssueChange): Promise<Issue>;
  /** Nothing happens when the repository has a label of that name. */
  ensureLabel(label: Label): Promise<void>;
}
