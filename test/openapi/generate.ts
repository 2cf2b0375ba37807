import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { operations, webhooks } from "./operations.ts";

/**
 * Cuts the operations that Assay uses out of GitHub's OpenAPI description.
 *
 *     npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz package/package.json package/generated/api.github.com.json
 *     node test/openapi/generate.ts package
 */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node test/openapi/generate.ts <unpacked @octokit/openapi>");
const description = object(JSON.parse(readFileSync(join(folder, "generated/api.github.com.json"), "utf8")));
const { version } = object(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));

const schemas: JsonObject = {};
// Errors that any operation may answer, whether its description names them or not.
for (const name of ["basic-error", "validation-error"]) cutSchema({ $ref: `#/components/schemas/${name}` });
const found: JsonObject[] = [];
for (const [path, methods] of Object.entries(object(description.paths))) {
  for (const [method, operation] of Object.entries(object(methods))) {
    const id = isObject(operation) ? operation.operationId : undefined;
    if (typeof id === "string" && operations.includes(id)) found.push(cutOperation(id, method, path, object(operation)));
  }
}
const missing = operations.filter((id) => !found.some((operation) => operation.id === id));
if (missing.length > 0) throw new Error(`not in the description: ${missing.join(", ")}`);
found.sort((a, b) => String(a.id).localeCompare(String(b.id)));

const payloads = webhooks.map((name) => [name, jsonSchema(resolve(object(postOf(name).requestBody)))]);
const subset = {
  source: `@octokit/openapi ${String(version)}, generated/api.github.com.json`,
  operations: found,
  webhooks: Object.fromEntries(payloads),
  schemas,
};
const target = join(import.meta.dirname, "github-api.json.gz");
const bytes = gzipSync(JSON.stringify(subset), { level: 9 });
// The operating system's byte in the header would make the file differ between machines.
bytes[9] = 255;
writeFileSync(target, bytes);
process.stdout.write(`${found.length} operations, ${Object.keys(schemas).length} schemas, ${bytes.length} bytes: ${target}\n`);

function postOf(webhook: string): JsonObject {
  const found = object(description["x-webhooks"])[webhook];
  if (found === undefined) throw new Error(`not in the description: the webhook ${webhook}`);
  return object(object(found).post);
}

function cutOperation(id: string, method: string, path: string, operation: JsonObject): JsonObject {
  const parameters = list(operation.parameters).map((parameter) => resolve(object(parameter)));
  const body = isObject(operation.requestBody) ? jsonSchema(resolve(operation.requestBody)) : null;
  const responses = Object.entries(object(operation.responses)).map(([status, response]) => [
    status,
    jsonSchema(resolve(object(response))),
  ]);
  return {
    id,
    method: method.toUpperCase(),
    path,
    multiSegment: parameters
      .filter((parameter) => parameter["x-multi-segment"] === true)
      .map((parameter) => parameter.name ?? ""),
    query: parameters
      .filter((parameter) => parameter.in === "query")
      .map((parameter) => ({ name: parameter.name ?? "", schema: cutSchema(parameter.schema ?? {}) })),
    body,
    bodyOptional: isObject(operation.requestBody) && resolve(operation.requestBody).required === false,
    responses: Object.fromEntries(responses),
  };
}

/** Schema of the JSON content; null when there is no JSON in it. */
function jsonSchema(content: JsonObject): Json {
  const media = isObject(content.content) ? content.content["application/json"] : undefined;
  return isObject(media) && media.schema !== undefined ? cutSchema(media.schema) : null;
}

/** The schema as JSON Schema and without prose; what it refers to goes along, once. */
function cutSchema(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(cutSchema);
  if (!isObject(schema)) return schema;
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const name = reference.replace("#/components/schemas/", "");
    if (!(name in schemas)) {
      schemas[name] = {};
      schemas[name] = cutSchema(lookUp(reference));
    }
    return { $ref: `#/schemas/${name}` };
  }
  const { nullable, ...rest } = schema;
  if (nullable === true) return { anyOf: [cutSchema(rest), { type: "null" }] };
  const kept = Object.entries(rest).filter(([key]) => !isProse(key));
  // The alternatives of a `oneOf` often overlap: without their discriminator only one of them at least can be asked for.
  const named = Object.fromEntries(
    kept.map(([key, value]) => [key === "oneOf" || isEitherAccount(key, value) ? "anyOf" : key, value]),
  );
  return mapValues(named, (value, key) => (key === "properties" ? mapValues(object(value), cutSchema) : cutSchema(value)));
}

/** One place asks of an account to be a user and an enterprise at once. */
function isEitherAccount(key: string, value: Json): boolean {
  const titles = key === "allOf" ? list(value).map((schema) => (isObject(schema) ? schema.title : undefined)) : [];
  return titles.includes("Simple User") && titles.includes("Enterprise");
}

function mapValues(value: JsonObject, map: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, map(entry, key)]));
}

/** Also `title` and the like can be names of properties; those lie under `properties` and are not asked here. */
function isProse(key: string): boolean {
  const prose = ["description", "title", "example", "examples", "externalDocs", "discriminator", "deprecated", "default"];
  return key.startsWith("x-") || prose.includes(key);
}

function resolve(value: JsonObject): JsonObject {
  return typeof value.$ref === "string" ? object(lookUp(value.$ref)) : value;
}

function lookUp(reference: string): Json {
  let value: Json = description;
  for (const key of reference.replace("#/", "").split("/")) value = object(value)[key] ?? null;
  return value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`not an object: ${JSON.stringify(value)?.slice(0, 100)}`);
  return value;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
