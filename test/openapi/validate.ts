import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv, type ValidateFunction } from "ajv";

/** One request to GitHub's REST interface and its answer. Bodies are JSON values; undefined: none. Bytes are not looked into. */
export interface RestExchange {
  method: string;
  /** Path with query, below the API root. */
  path: string;
  requestBody?: unknown;
  status: number;
  responseBody?: unknown;
}

/**
 * What is wrong with the exchange by GitHub's own OpenAPI description: an unknown operation, query parameter or status; a
 * request body with a wrong or an unknown key (not looked at when GitHub refused it); an answer of another shape, or with
 * keys that GitHub does not send. Empty: nothing.
 */
export function validateExchange(exchange: RestExchange): readonly string[] {
  const url = new URL(exchange.path, "http://127.0.0.1");
  const operation = operations.find((candidate) => candidate.method === exchange.method && candidate.pattern.test(url.pathname));
  const name = `${exchange.method} ${exchange.path}`;
  if (!operation) return [`${name}: GitHub has no such operation, or test/openapi/operations.ts does not name it`];
  const problems = [
    ...queryProblems(operation, url.searchParams),
    ...(isRefusal(exchange.status) ? [] : requestProblems(operation, exchange.requestBody)),
    ...responseProblems(operation, exchange.status, exchange.responseBody),
  ];
  return problems.map((problem) => `${name} (${operation.id}) ${exchange.status}: ${problem}`);
}

/** What is wrong with a webhook's payload by the same description. */
export function validateWebhook(event: string, payload: { action?: unknown }): readonly string[] {
  const name = [event, ...(payload.action === undefined ? [] : [String(payload.action)])].join("-").replaceAll("_", "-");
  const schema = description.webhooks[name];
  if (!schema) return [`webhook ${name}: GitHub sends no such thing, or test/openapi/operations.ts does not name it`];
  return schemaProblems(schema, payload).map((problem) => `webhook ${name}: ${problem}`);
}

type Schema = { readonly [key: string]: unknown };

interface Description {
  operations: readonly {
    id: string;
    method: string;
    path: string;
    multiSegment: readonly string[];
    query: readonly { name: string; schema: Schema }[];
    body: Schema | null;
    bodyOptional: boolean;
    responses: Readonly<Record<string, Schema | null>>;
  }[];
  webhooks: Readonly<Record<string, Schema>>;
  schemas: Readonly<Record<string, Schema>>;
}

const description: Description = JSON.parse(
  gunzipSync(readFileSync(join(import.meta.dirname, "github-api.json.gz"))).toString("utf8"),
);
// A path without parameters is meant before one with: `issues/comments` is no `issues/{issue_number}`.
const operations = description.operations
  .map((operation) => ({ ...operation, pattern: pathPattern(operation) }))
  .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
type Operation = (typeof operations)[number];

function pathPattern({ path, multiSegment }: Description["operations"][number]): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replaceAll(".", "\\.");
      return multiSegment.includes(part.slice(1, -1)) ? ".+?" : "[^/]+?";
    })
    .join("");
  // The root folder's contents have no path at all.
  return new RegExp(`^${source.replace(/\/contents\/\.\+\?$/, "/contents(?:/.*)?")}$`);
}

const root = "github";
const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
// GitHub sends an empty one where a deployment's status was given none.
ajv.addFormat("uri", { type: "string", validate: (text: string) => text === "" || URL.canParse(text) });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
// Number ranges and formats that nothing here relies on.
for (const format of ["int64", "int32", "email", "repo.nwo", "timestamp", "uri-template", "binary", "date", "ssh-url"])
  ajv.addFormat(format, true);
ajv.addSchema({ $id: root, schemas: description.schemas });

const compiled = new Map<Schema, ValidateFunction>();

function schemaProblems(schema: Schema, value: unknown): readonly string[] {
  let validate = compiled.get(schema);
  if (!validate) {
    // References are written from the root of the description.
    validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${root}#/`)));
    compiled.set(schema, validate);
  }
  if (validate(value)) return unknownKeys(schema, value, "");
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath || "body"} ${error.message ?? "is wrong"} ${JSON.stringify(error.params)}`,
  );
}

/** Keys that the schema does not name, where it is one plain object. GitHub's schemas rarely forbid them themselves. */
function unknownKeys(given: Schema, value: unknown, path: string): readonly string[] {
  const schema = plain(given);
  if (Array.isArray(value)) {
    const { items } = schema;
    return isSchema(items) ? value.flatMap((item, at) => unknownKeys(items, item, `${path}/${at}`)) : [];
  }
  const { properties } = schema;
  const combined = ["allOf", "anyOf", "oneOf"].some((key) => key in schema);
  if (!isSchema(value) || !isSchema(properties)) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const property = properties[key];
    if (isSchema(property)) return unknownKeys(property, entry, `${path}/${key}`);
    if (path.endsWith("/permissions") && key === unlistedPermission) return [];
    return combined || "additionalProperties" in schema ? [] : [`${path}/${key} is no key that GitHub knows`];
  });
}

/** Through references and `or null`. */
function plain(schema: Schema): Schema {
  const { $ref, anyOf } = schema;
  if (typeof $ref === "string") return plain(description.schemas[$ref.replace("#/schemas/", "")] ?? {});
  const [first, second] = Array.isArray(anyOf) ? anyOf : [];
  return isSchema(first) && isSchema(second) && second.type === "null" ? plain(first) : schema;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function queryProblems(operation: Operation, query: URLSearchParams): readonly string[] {
  return [...query].flatMap(([name, text]) => {
    const parameter = operation.query.find((candidate) => candidate.name === name);
    if (!parameter) return [`the query parameter ${name} is none that GitHub knows`];
    const type = plain(parameter.schema).type;
    const value = type === "integer" ? Number(text) : type === "boolean" ? text === "true" : text;
    return schemaProblems(parameter.schema, value).map((problem) => `query parameter ${name}: ${problem}`);
  });
}

function requestProblems(operation: Operation, body: unknown): readonly string[] {
  if (operation.body === null) {
    return body === undefined || body instanceof Uint8Array ? [] : ["the request has a body, but GitHub takes none"];
  }
  if (body === undefined && operation.bodyOptional) return [];
  return schemaProblems(operation.body, body).map((problem) => `request ${problem}`);
}

function isRefusal(status: number): boolean {
  return status === 400 || status === 422;
}

/** Any operation may refuse like this, whether its description says so or not. */
const refusals: Readonly<Record<number, Schema>> = {
  400: { $ref: "#/schemas/basic-error" },
  401: { $ref: "#/schemas/basic-error" },
  403: { $ref: "#/schemas/basic-error" },
  404: { $ref: "#/schemas/basic-error" },
  422: { $ref: "#/schemas/validation-error" },
};

function responseProblems(operation: Operation, status: number, body: unknown): readonly string[] {
  const schema = operation.responses[status] ?? refusals[status];
  if (schema === undefined && !(status in operation.responses)) return [`GitHub never answers ${status}`];
  if (body instanceof Uint8Array) return [];
  if (schema === undefined) return body === undefined ? [] : ["the answer has a body, but GitHub sends none"];
  return schemaProblems(schema, body).map((problem) => `answer ${problem}`);
}

/** GitHub's list of an app's permissions lacks the one that its documentation asks of whoever wants to hear of merge groups. */
const unlistedPermission = "merge_queues";
