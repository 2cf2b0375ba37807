import { expect, it } from "vitest";
import { duplicateKey } from "../../src/evidence/json-duplicates.ts";

it.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
  ['{"a":"b","b":"a,\\"b\\":"}', undefined],
  ['["a","a",{"x":["a","a"]}]', undefined],
  ['{"a":1,"a":1}', "a"],
  ['{"a":{"k":[1,{"x":0}],"k":2}}', "k"],
  ['{"a":[1,2],"\\u0061":1}', "a"],
  ['[{"q\\"":1 ,\n "q\\"" : 2}]', 'q"'],
])("of %s finds %j", (json, key) => expect(duplicateKey(json)).toBe(key));
