import { didYouMean } from "../../spec/did-you-mean.ts";

/**
 * Functions that an expression may call, by what they are about. All of them compute a value from values: none reads files,
 * settings or the clock, and none has an effect; how large a value may become is bounded in `growth.ts`.
 */
export const allowedFunctions = {
  numbers:
    "abs acos asin atan atan2 cbrt ceil ceiling cos degrees even exp floor gcd greatest isfinite isinf isnan lcm least ln log log10 log2 mod pi pow power radians round sign sin sqrt tan trunc",
  texts:
    "ascii char_length character_length concat concat_ws contains ends_with instr left length levenshtein lower ltrim nfc_normalize position prefix regexp_extract regexp_full_match regexp_matches regexp_replace replace reverse right rtrim split_part starts_with strip_accents strlen strpos substr substring suffix trim upper",
  times:
    "date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayofmonth dayofweek dayofyear epoch epoch_ms hour isodow isoyear last_day make_date make_timestamp minute month quarter second strftime strptime to_days to_hours to_microseconds to_milliseconds to_minutes to_months to_quarters to_seconds to_weeks to_years try_strptime week weekday weekofyear year yearweek",
  "missing values": "coalesce ifnull nullif",
} as const;

const named: ReadonlySet<string> = new Set(Object.values(allowedFunctions).flatMap((names) => names.split(" ")));

/** What DuckDB's parser calls the operators, `LIKE` and the like. */
const operators: ReadonlySet<string> = new Set(
  "+ - * / // % ** ^ || & | << >> ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape list_value".split(
    " ",
  ),
);

export function isAllowedFunction(name: string): boolean {
  return named.has(name.toLowerCase()) || operators.has(name);
}

export function similarFunction(name: string): string | undefined {
  return didYouMean(name, named);
}
