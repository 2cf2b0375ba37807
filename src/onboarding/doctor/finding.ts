/** One thing that was looked at. */
export interface Finding {
  /** What it is about, the same in every version: `workflow pin`. */
  check: string;
  /** `unknown`: it could not be read, so it may be anything. */
  status: "fine" | "broken" | "unknown";
  /** A sentence. */
  message: string;
  /** What to do; of what is fine nothing. */
  fix: string | undefined;
}

export const fine = (check: string, message: string): Finding => ({ check, status: "fine", message, fix: undefined });
export const broken = (check: string, message: string, fix: string): Finding => ({ check, status: "broken", message, fix });
export const unknown = (check: string, message: string, fix: string): Finding => ({ check, status: "unknown", message, fix });
