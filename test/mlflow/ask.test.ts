import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MirrorError } from "../../src/errors/errors.ts";
import { createRestMlflow } from "../../src/mlflow/rest-mlflow.ts";
import { readTrackingServer } from "../../src/mlflow/tracking-server.ts";

let server: Server;
let url: string;
let answer: (response: ServerResponse) => void;
let authorization: string | undefined;

beforeAll(async () => {
  server = createServer((asked, response) => {
    authorization = asked.headers.authorization;
    answer(response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const says =
  (status: number, text: string, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(text);
const failure = (code: string, message: string) => JSON.stringify({ error_code: code, message });

it.each([
  {
    of: "a server that asks who it is",
    answer: says(401, "You are not authenticated."),
    told: /did not read registered model fraud \(401\)\. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD/,
  },
  {
    of: "an account that may not",
    answer: says(403, failure("PERMISSION_DENIED", "Permission denied\u001b[31m\nreally")),
    told: /\(403: Permission denied \[31m really\)\. Set MLFLOW_TRACKING_TOKEN/,
  },
  {
    of: "a login page elsewhere",
    answer: says(302, "", { location: "https://login.localhost/" }),
    told: /sends elsewhere \(302\)\. Name the address that it sends to in MLFLOW_TRACKING_URI/,
  },
  {
    of: "something that is no MLflow",
    answer: says(200, "<html>Welcome</html>"),
    told: /its answer is none of MLflow's\. Check that MLFLOW_TRACKING_URI is the address of an MLflow server/,
  },
  {
    of: "an answer of another shape",
    answer: says(200, JSON.stringify({ registered_model: { aliases: [{ alias: 1 }] } })),
    told: /none of MLflow's \(registered_model\.aliases\.0\.alias: .+\)/,
  },
  {
    of: "an answer without an end",
    answer: says(200, `{"registered_model": "${"x".repeat(17 * 1024 ** 2)}"}`),
    told: /none of MLflow's\./,
  },
  { of: "a server in trouble", answer: says(503, "upstream"), told: /\(503\)\. Its log says why\.$/, passes: true },
  {
    of: "a request that it refuses",
    answer: says(400, failure("INVALID_PARAMETER_VALUE", "Names cannot contain '/'.")),
    told: /\(400: Names cannot contain '\/'\.\)\.$/,
  },
  {
    of: "no answer",
    answer: (response: ServerResponse) => void response.destroy(),
    told: /gave no answer when it was asked to read registered model fraud \(.+\)\. See that the server runs/,
    passes: true,
  },
])("explains $of", async ({ answer: given, told, passes = false }) => {
  answer = given;
  const error: unknown = await createRestMlflow({ url, headers: {} })
    .aliases("fraud")
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(MirrorError);
  expect(error).toMatchObject({ message: expect.stringMatching(told), passes, exitCode: 4 });
  expect((error as Error).message).toContain(url);
});

it.each([
  [{ MLFLOW_TRACKING_TOKEN: "secret" }, "Bearer secret"],
  [{ MLFLOW_TRACKING_USERNAME: "ci", MLFLOW_TRACKING_PASSWORD: "pw" }, `Basic ${Buffer.from("ci:pw").toString("base64")}`],
  [{ MLFLOW_TRACKING_USERNAME: "ci", MLFLOW_TRACKING_PASSWORD: "pw", MLFLOW_TRACKING_TOKEN: "secret" }, /^Basic /],
  [{}, undefined],
])("signs in as MLflow's client does: %j", async (variables, expected) => {
  answer = says(200, JSON.stringify({ registered_model: { aliases: [{ alias: "production", version: "7" }] } }));
  const aliases = await createRestMlflow(readTrackingServer(`${url}/`, variables)).aliases("fraud");
  expect(aliases).toEqual(new Map([["production", "7"]]));
  if (expected instanceof RegExp) expect(authorization).toMatch(expected);
  else expect(authorization).toBe(expected);
});

it("prefers the address of assay.yml", () => {
  expect(readTrackingServer(url, { MLFLOW_TRACKING_URI: "https://elsewhere.localhost" }).url).toBe(url);
});

it.each([
  [{}, /nothing says where its server is\. Set MLFLOW_TRACKING_URI/],
  [{ MLFLOW_TRACKING_URI: "databricks" }, /^MLFLOW_TRACKING_URI is not the address of a server such as https/],
  [{ MLFLOW_TRACKING_URI: "https://ci:pw@mlflow.localhost" }, /with no password in it/],
  [
    { MLFLOW_TRACKING_URI: "https://mlflow.localhost", MLFLOW_TRACKING_TOKEN: "two words" },
    /^MLFLOW_TRACKING_TOKEN has characters/,
  ],
])("refuses %j and quotes no secret", (variables, told) => {
  let said = "";
  try {
    readTrackingServer(undefined, variables);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toMatch(told);
  expect(said).not.toMatch(/pw|two words/);
});
