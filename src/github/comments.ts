export interface Comment {
  id: number;
  /** GraphQL's. */
  nodeId: string;
  body: string;
  author: { id: number; login: string };
  url: string;
  /** Number of the issue or pull request. */
  number: number;
  createdAt: string;
  updatedAt: string;
}

export type Reaction = "+1" | "-1" | "confused" | "eyes" | "rocket";

export interface Comments {
  /** Comments of the pull request or issue, oldest first, all of them. */
  list(number: number): Promise<readonly Comment[]>;
  /** Comments of the whole repository that changed since then, the oldest change first. */
  listSince(since: string): Promise<readonly Comment[]>;
  get(id: number): Promise<Comment | undefined>;
  /** Whether its text was changed after it was written, by whomever. Its times alone do not tell: they have whole seconds. */
  wasEdited(comment: Comment): Promise<boolean>;
  /** Never retried by itself: a lost answer may have stored it. */
  create(number: number, body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
  /** Content and author's account id of each. */
  reactions(id: number): Promise<readonly { content: string; authorId: number }[]>;
  /** There is one reaction of a kind by an account: doing it again changes nothing. */
  react(id: number, reaction: Reaction): Promise<void>;
  /** The account that the token writes as; `github-actions[bot]` for a workflow's token. */
  viewer(): Promise<{ id: number; login: string }>;
}
