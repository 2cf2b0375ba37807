import * as z from "zod/mini";
import { idSchema as id } from "../../src/github/ids.ts";
import type { Gone } from "../queue/store.ts";
import { action } from "./handler.ts";

type Departure = (payload: unknown) => Gone | undefined;

const uninstalled = z.object({ action, installation: z.object({ id }) });
const removed = z.object({
  action,
  installation: z.object({ id }),
  repositories_removed: z._default(z.array(z.object({ id })), []),
});

/** Events that GitHub sends to every app, unasked: what they say is gone is looked at no more. @throws ZodError on another form */
export const departures: Readonly<Record<string, Departure>> = {
  installation: (payload) => {
    const { action: what, installation } = uninstalled.parse(payload);
    return what === "deleted" ? { installation: installation.id } : undefined;
  },
  installation_repositories: (payload) => {
    const { action: what, installation, repositories_removed: repositories } = removed.parse(payload);
    if (what !== "removed" || repositories.length === 0) return undefined;
    return { installation: installation.id, repositories: repositories.map((repository) => repository.id) };
  },
};
