/** A call's endpoint as a label: pages of lists are asked for by whole addresses, with names, numbers and times in them. */
export function endpointOf(method: string, url: string): string {
  const path = (URL.parse(url)?.pathname ?? url.split("?")[0] ?? url)
    .replace(/\/repos\/[^/{]+\/[^/{]+/, "/repos/{owner}/{repo}")
    .replaceAll(/\/(\d+|[0-9a-f]{40}|[0-9a-f]{64})(?=\/|$)/g, "/{id}");
  return `${method} ${path}`;
}
