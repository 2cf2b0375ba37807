export interface Comment {
  id: number;
  body: string;
  author: { id: number; login: string };
  url: string;
}

export interface Comments {
  /** Comments of the pull request or issue, oldest first, all of them. */
  list(number: number): Promise<readonly Comment[]>;
  get(id: number): Promise<Comment | undefined>;
  /** Never retried by itself: a lost answer may have stored it. */
  create(number: number, body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
  /** The account that the token writes as; `github-actions[bot]` for a workflow's token. */
  viewer(): Promise<{ id: number; login: string }>;
}
