import { visible } from "../markdown/escape.ts";
import type { PhrasePart } from "../markdown/phrase.ts";

/** `country=BR`; of rows without a value that it is missing. Both texts come from data. */
export function sliceName({ column, value }: { column: string; value: string }): PhrasePart[] {
  const name = visible(column, 60);
  return value === "" ? [{ code: name }, " missing"] : [{ code: `${name}=${visible(value, 50)}` }];
}
