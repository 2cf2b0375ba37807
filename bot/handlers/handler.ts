import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import type { PullRequest } from "../../src/github/pull-requests.ts";
import type { Request } from "../request.ts";
import { type InstalledRepository, repositorySchema, type Subject } from "../subject.ts";

/** What an event says has to be looked at. */
export interface Heard {
  subject: Subject;
  request?: Request | undefined;
}

export interface DeliveryContext {
  guid: string;
  receivedAt: Date;
  /** Ours. */
  appId: number;
}

/** The payload of an event → what has to be looked at; undefined when it is not for us. @throws ZodError on another form */
export type Handler = (payload: unknown, context: DeliveryContext) => Heard | undefined;

export const action = z.string().check(z.maxLength(100));

/** In every payload that an app receives about a repository. */
const placeSchema = z.object({
  installation: z.object({ id }),
  repository: z.object({ id, name: z.string(), owner: z.object({ login: z.string() }) }),
});

export function placeOf(payload: unknown): InstalledRepository {
  const { installation, repository } = placeSchema.parse(payload);
  return repositorySchema.parse({
    installation: installation.id,
    id: repository.id,
    owner: repository.owner.login,
    name: repository.name,
  });
}

export function pullRequest(payload: unknown, number: number, pushed?: PullRequest): Subject {
  return { kind: "pull-request", repository: placeOf(payload), number, ...(pushed && { pushed }) };
}

/** Pull requests that GitHub names with a run or a check: of forks of this repository too, which are not ours. */
export const namedPullRequests = z
  .array(z.object({ number: id, base: z.object({ repo: z.object({ id }) }) }))
  .check(z.maxLength(1_000));

/** The one of this repository, if it is one. */
export function onlyPullRequest(payload: unknown, named: z.infer<typeof namedPullRequests>): number | undefined {
  const place = placeOf(payload);
  const [only, ...others] = named.filter(({ base }) => base.repo.id === place.id);
  return others.length === 0 ? only?.number : undefined;
}
