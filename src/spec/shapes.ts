import * as z from "zod/mini";

/**
 * What the schema is made of. A process reads one file, so building the schema is a large part of it: schemas are built once,
 * with their checks and words, where zod's methods would build another for each.
 */

/** Says what a value must be and what to write instead; `diagnose` reads both back from the issue. */
export interface Wrong {
  error: string;
}
export function must(be: string, fix: string): Wrong {
  return { error: `${be}\n${fix}` };
}

/** What editors and the reference say of a key, and what else the JSON Schema has. */
export type About = Parameters<typeof z.globalRegistry.add>[1];

/** Of a schema that stands nowhere else. */
function registered<Schema extends z.ZodMiniType>(schema: Schema, about: About): Schema {
  z.globalRegistry.add(schema as z.ZodMiniType, about);
  return schema;
}

export const string = (wrong: Wrong, ...checks: z.core.$ZodCheck<string>[]) =>
  new z.ZodMiniString({ type: "string", error: () => wrong.error, checks });

export const number = (wrong: Wrong, ...checks: z.core.$ZodCheck<number>[]) =>
  new z.ZodMiniNumber({ type: "number", error: () => wrong.error, checks });

export const wholeNumber = (min: number, max: number) => {
  const wrong = must(`a whole number from ${min} to ${max}`, "Write one that is.");
  const format = { type: "number", check: "number_format", format: "safeint", abort: false } as const;
  return new z.ZodMiniNumberFormat({ ...format, error: () => wrong.error, checks: [z.gte(min, wrong), z.lte(max, wrong)] });
};

export const list = <Item extends z.ZodMiniType>(item: Item, what: string, { min = 0, max = 100 } = {}): z.ZodMiniArray<Item> => {
  const none = must(`a list of ${what}`, "Write [one, two], or one a line after a dash.");
  const short = must(`a list of at least ${min} ${what}`, "Add one, or leave the key out.");
  const long = must(`a list of at most ${max} ${what}`, "Shorten it; a glob can stand for many paths.");
  const checks = [...(min > 0 ? [z.minLength(min, short)] : []), z.maxLength(max, long)];
  return new z.ZodMiniArray({ type: "array", element: item, error: () => none.error, checks }) as z.ZodMiniArray<Item>;
};

/** A map of these keys and no others. */
export const map = <Shape extends z.core.$ZodLooseShape>(shape: Shape, wrong: Wrong, about: About = {}) =>
  registered(z.strictObject(shape, wrong), about);

/** A map of any keys. */
export const record = <Key extends z.core.$ZodRecordKey, Value extends z.ZodMiniType>(
  key: Key,
  value: Value,
  wrong?: Wrong,
  about: About = {},
) => registered(z.record(key, value, wrong), about);

/** A key that has to be there. */
export const required = <Inner extends z.ZodMiniType>(inner: Inner, about: About): Inner =>
  registered(z.core.clone(inner), about);

/** A key that may be left out. */
export const optional = <Inner extends z.ZodMiniType>(inner: Inner, about: About): z.ZodMiniOptional<Inner> =>
  registered(z.optional(inner), about);

/** Part of a schema that most files do not need: it is built when a file has it. */
export const rare = <Inner extends z.ZodMiniType>(build: () => Inner): z.ZodMiniLazy<Inner> => {
  const schema = z.lazy(build);
  // To learn whether it may be missing, zod would build it at once. It may not; a key's `optional` says otherwise.
  Object.defineProperty(schema._zod, "optin", { value: undefined });
  return schema;
};
