export type RepositoryPermission = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** Who may do what in the repository, now. */
export interface Collaborators {
  /** "none" also for who has no account. */
  permission(login: string): Promise<RepositoryPermission>;
  /** Undefined when the token may not know. */
  isTeamMember(organisation: string, team: string, login: string): Promise<boolean | undefined>;
}
