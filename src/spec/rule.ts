import { z } from "zod";

/** One file is read once in a process: compiling its schemas would take longer than reading it by them. */
export const once = { jitless: true };

/**
 * Reports a mistake at a path below the checked value; a path that is not there stands for its parent. With `anyOf`, any of
 * these keys would have done in place of the path's last part.
 */
export type Report = (path: PropertyKey[], message: string, fix: string, anyOf?: readonly string[]) => void;

/**
 * A check over several keys. It runs whenever the part that it reads is well formed, whatever else is wrong beside it,
 * so that all mistakes are found at once.
 */
export function rule<Read extends z.ZodType>(reads: Read, check: (value: z.output<Read>, report: Report) => void) {
  return z.superRefine<unknown>(
    (value, context) => {
      const read = reads.safeParse(value, once);
      if (!read.success) return;
      check(read.data, (path, message, fix, anyOf) =>
        context.addIssue({ code: "custom", path, message, params: { fix, anyOf } }),
      );
    },
    { when: () => true },
  );
}

/** One of `keys` has to be there, and no second one. */
export function exactlyOne(keys: readonly string[], fix: string) {
  return rule(z.record(z.string(), z.unknown()), (value, report) => {
    const present = keys.filter((key) => value[key] !== undefined);
    const [, second] = present;
    if (second !== undefined)
      report([second], `Only one of ${keys.join(", ")} can be used; found ${present.join(" and ")}.`, fix);
    else if (present.length === 0) report([keys[0] ?? ""], `One of ${keys.join(", ")} is missing.`, fix, keys);
  });
}
