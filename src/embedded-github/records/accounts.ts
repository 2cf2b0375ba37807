import type { App, Installation } from "./apps.ts";
import type { Repository } from "./repositories.ts";

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
  | "deployments"
  | "issues"
  | "members"
  | "organization_self_hosted_runners"
  | "pull-requests"
  | "workflows";
export type Permissions = Readonly<Partial<Record<PermissionName, "read" | "write">>>;

export interface Token {
  /** It sees no others. */
  repositories: ReadonlySet<Repository>;
  /** A name's `-` and `_` are the same: workflows write one, apps the other. */
  permissions: Readonly<Record<string, "read" | "write" | undefined>>;
  /** `app`: the app's own, a JWT that opens the routes about the app and its installations. */
  kind: "workflow" | "user" | "installation" | "app";
  login: string;
  app?: App | undefined;
  installation?: Installation | undefined;
  /** In milliseconds since 1970. */
  expiresAt?: number | undefined;
}
