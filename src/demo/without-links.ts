/** A page without its links to servers that are about to end: their text stays. */
export function withoutLinks(page: string, servers: readonly string[]): string {
  return page.replaceAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (link, address: string, text: string) =>
    servers.some((server) => address.startsWith(server)) ? text : link,
  );
}

/** The same of a comment's Markdown. */
export function withoutMarkdownLinks(body: string, servers: readonly string[]): string {
  return body.replaceAll(/\[([^\]\n]*)\]\(([^)\s]*)\)/g, (link, text: string, address: string) =>
    servers.some((server) => address.startsWith(server)) ? text : link,
  );
}
