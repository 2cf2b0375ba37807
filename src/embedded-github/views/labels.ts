import type { Label, State } from "../state.ts";
import { apiUrl } from "./repositories.ts";
import { nodeId } from "./users.ts";

/** GitHub's `label`. */
export function labelView(state: State, { id, repository, name, color, description }: Label) {
  const url = `${apiUrl(state, repository)}/labels/${encodeURIComponent(name)}`;
  return { id, node_id: nodeId("Label", id), url, name, color, description, default: false };
}
