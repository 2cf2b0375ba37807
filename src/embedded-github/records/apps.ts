import type { KeyObject } from "node:crypto";
import type { Repository } from "./repositories.ts";

/** Named as GitHub names an app's permissions: `pull_requests`, `checks`, `members`. */
export type AppPermissions = Readonly<Record<string, "read" | "write">>;

export interface App {
  id: number;
  clientId: string;
  slug: string;
  owner: string;
  permissions: AppPermissions;
  /** Names of webhook events that it gets, such as `pull_request`. */
  events: readonly string[];
  publicKey: KeyObject;
  webhook: { id: number; url: string; secret: string | undefined } | undefined;
  /** How long the tokens of its installations live. */
  tokenSeconds: number;
  createdAt: string;
}

/** An app in one account, with the account's repositories that it may see. */
export interface Installation {
  id: number;
  app: App;
  account: string;
  repositories: Set<Repository>;
  createdAt: string;
}

/** What an app is registered from. */
export interface AppManifest {
  name: string;
  hook_attributes: { url: string };
  default_permissions: AppPermissions;
  default_events: readonly string[];
}
