/** Of registered models; MLflow itself refuses `/` and `:`. */
export const registeredModelPattern = /^[A-Za-z0-9_](?:[\w .-]{0,198}\w)?$/;

/** Where a stage has the alias that is called like it: `eu/production` is `eu-production`. */
export function aliasOf(stage: string): string {
  return stage.replaceAll("/", "-");
}

/** MLflow uses these itself. */
export function isReservedAlias(alias: string): boolean {
  return alias.toLowerCase() === "latest" || /^v\d+$/i.test(alias);
}

/** Without credentials, a query or a fragment. */
export function isMlflowUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === "";
}
