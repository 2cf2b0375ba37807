/** Pages of the repository on GitHub; undefined where it is on none. */
export interface Addresses {
  commit(sha: string): string | undefined;
  tag(name: string): string | undefined;
  pullRequest(number: number): string | undefined;
}

export function addressesOf(repository: string | undefined, serverUrl: string): Addresses {
  const at = (path: string) => (repository === undefined ? undefined : `${serverUrl}/${repository}/${path}`);
  return {
    commit: (sha) => at(`commit/${sha}`),
    // `fraud#production#4` would end the address.
    tag: (name) => at(`tree/${name.split("/").map(encodeURIComponent).join("/")}`),
    pullRequest: (number) => at(`pull/${number}`),
  };
}
