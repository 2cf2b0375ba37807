import type { GitHub, Repository } from "./github.ts";

/** A GitHub App: what it is, where it is installed, and GitHub as one of its installations sees it. */
export interface GitHubApp {
  /** The app and the account that it writes as, `assay[bot]`, which is not to be known until the app is installed somewhere. */
  about(): Promise<{ id: number; slug: string; bot: AppAccount | undefined }>;
  installations(): Promise<readonly Installation[]>;
  repositories(installationId: number): Promise<readonly InstalledRepository[]>;
  /** Cheap: nothing is asked of GitHub until something is asked of what it returns. */
  connect(installationId: number, repository: Repository, signal?: AbortSignal): Promise<GitHub>;
  /** Webhook deliveries since that time, newest first. */
  deliveries(since: Date): Promise<readonly Delivery[]>;
  /** Asks GitHub to send it again, with the same GUID. */
  redeliver(id: number): Promise<void>;
}

export interface AppAccount {
  id: number;
  login: string;
}

export interface Installation {
  id: number;
  account: string;
  suspended: boolean;
}

export interface InstalledRepository extends Repository {
  id: number;
}

export interface Delivery {
  id: number;
  guid: string;
  event: string;
  deliveredAt: string;
  /** What we answered; 0 when there was no answer. */
  statusCode: number;
  redelivery: boolean;
}
