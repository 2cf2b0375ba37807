import { UsageError } from "../errors/errors.ts";
import { isMlflowUrl } from "../spec/mlflow-names.ts";

/** Where MLflow's API is, and what every request to it carries. */
export interface TrackingServer {
  /** Without a slash at the end. */
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** MLflow's own names, so that what works for its client works here. */
export type TrackingVariables = Readonly<
  Partial<
    Record<
      "MLFLOW_TRACKING_URI" | "MLFLOW_TRACKING_TOKEN" | "MLFLOW_TRACKING_USERNAME" | "MLFLOW_TRACKING_PASSWORD",
      string | undefined
    >
  >
>;

/**
 * The server that `assay.yml` or the environment names. Messages quote neither: an address may have a password in it.
 * @param declared of `assay.yml`, which comes first
 */
export function readTrackingServer(declared: string | undefined, environment: TrackingVariables): TrackingServer {
  const address = declared ?? environment.MLFLOW_TRACKING_URI?.trim();
  if (!address)
    throw new UsageError(
      "assay.yml mirrors promotions to MLflow, and nothing says where its server is. Set MLFLOW_TRACKING_URI, such as https://mlflow.acme.example, or write promote.mirrors.mlflow.url.",
    );
  if (!isMlflowUrl(address))
    throw new UsageError(
      "MLFLOW_TRACKING_URI is not the address of a server such as https://mlflow.acme.example: http or https, with no password in it. Credentials go into MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
    );
  return { url: address.replace(/\/+$/, ""), headers: readCredentials(environment) };
}

/** As MLflow's client does: a user with a password comes before a token. */
function readCredentials(environment: TrackingVariables): Readonly<Record<string, string>> {
  const { MLFLOW_TRACKING_USERNAME: user, MLFLOW_TRACKING_PASSWORD: password } = environment;
  if (user && password) return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  const token = environment.MLFLOW_TRACKING_TOKEN?.trim();
  if (!token) return {};
  if (!/^[\u0021-\u007e]+$/.test(token))
    throw new UsageError("MLFLOW_TRACKING_TOKEN has characters that no token has, such as spaces. Set it to the token alone.");
  return { authorization: `Bearer ${token}` };
}
