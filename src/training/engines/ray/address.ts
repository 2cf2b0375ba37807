import * as z from "zod/mini";

/** Where a cluster's Jobs API is, and what every request to it carries. */
export interface RayAddress {
  /** Without a slash at the end. */
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** Ray's own names, so that what works for `ray job submit` works here. */
export const rayVariables = ["RAY_API_SERVER_ADDRESS", "RAY_ADDRESS", "RAY_JOB_HEADERS", "RAY_AUTH_TOKEN"] as const;
export type RayVariables = Readonly<Partial<Record<(typeof rayVariables)[number], string | undefined>>>;

const headersSchema = z.record(
  z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/)),
  z.string().check(z.regex(/^[\t\u0020-\u007e\u0080-\u00ff]{0,16384}$/)),
);

/** The cluster that the environment names. Messages quote no header: they are secrets. */
export function readRayAddress(environment: RayVariables): RayAddress | { problem: string } {
  const name = environment.RAY_API_SERVER_ADDRESS ? "RAY_API_SERVER_ADDRESS" : "RAY_ADDRESS";
  const address = environment[name];
  if (!address)
    return {
      problem:
        "The model trains on a Ray cluster, and nothing says where one is. Set RAY_API_SERVER_ADDRESS, such as http://ray-head:8265, in the runner's environment or in the workflow's secrets.",
    };
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    return { problem: `${name} is ${shown(address)}, and the address of a Jobs API such as http://ray-head:8265 is expected.` };
  if (url.username !== "" || url.password !== "")
    return { problem: `${name} has a user or a password in it. Put them into RAY_JOB_HEADERS as an Authorization header.` };
  const headers = readHeaders(environment.RAY_JOB_HEADERS);
  if ("problem" in headers) return headers;
  const isAuthorised = Object.keys(headers.headers).some((key) => key.toLowerCase() === "authorization");
  const token = environment.RAY_AUTH_TOKEN?.trim();
  if (token && !/^[\u0021-\u007e]+$/.test(token))
    return { problem: "RAY_AUTH_TOKEN has characters that no token has, such as spaces. Set it to the cluster's token alone." };
  return {
    url: `${url.origin}${url.pathname}`.replace(/\/+$/, ""),
    headers: { ...headers.headers, ...(token && !isAuthorised ? { Authorization: `Bearer ${token}` } : {}) },
  };
}

function readHeaders(text: string | undefined): { headers: Record<string, string> } | { problem: string } {
  if (!text) return { headers: {} };
  try {
    const parsed = headersSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { headers: parsed.data };
  } catch {
    // Said below.
  }
  return { problem: 'RAY_JOB_HEADERS is not a JSON map of headers. Write for example {"Authorization": "Bearer …"}.' };
}

/** An address that is none may hold anything. */
function shown(address: string): string {
  return /^[a-z]+:\/\/[\w.-]+(:\d+)?\/?$/i.test(address) || /^[\w.-]+(:\d+)?$/.test(address) ? address : "no such address";
}
