export interface User {
  id: number;
  login: string;
  type: "User" | "Bot" | "Organization";
}

/** Names as in a workflow's `permissions`. Reading a repository's metadata is always allowed. */
export type PermissionName =
  | "actions"
  | "administration"
  | "checks"
  | "contents"
  | "issues"
  | "organization_self_hosted_runners"
  | "pull-requests";
export type Permissions = Readonly<Partial<Record<PermissionName, "read" | "write">>>;

export interface Token {
  repository: string;
  permissions: Permissions;
  kind: "workflow" | "user";
  login: string;
}
