/** A page without its links to a server that is about to end: their text stays. */
export function withoutLinks(page: string, serverUrl: string): string {
  return page.replaceAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs, (link, address: string, text: string) =>
    address.startsWith(serverUrl) ? text : link,
  );
}

/** The same of a comment's Markdown. */
export function withoutMarkdownLinks(body: string, serverUrl: string): string {
  return body.replaceAll(/\[([^\]\n]*)\]\(([^)\s]*)\)/g, (link, text: string, address: string) =>
    address.startsWith(serverUrl) ? text : link,
  );
}
