/** A failure that the next matching requests meet. */
export interface Fault {
  method: string;
  /** A string matches where it occurs in the path. */
  pathPattern: RegExp | string;
  status: number;
  /** How many requests fail; default 1. */
  times?: number | undefined;
  /** The request is carried out and only its answer is lost, as with a 502 of a proxy in between. */
  afterEffect?: boolean | undefined;
}

export interface PendingFault extends Fault {
  left: number;
}

/** The first fault that is due for the request; it is used up by that. */
export function takeFault(faults: readonly PendingFault[], method: string, path: string): PendingFault | undefined {
  const due = faults.find((fault) => fault.left > 0 && fault.method === method && matches(fault.pathPattern, path));
  if (due) due.left -= 1;
  return due;
}

function matches(pattern: RegExp | string, path: string): boolean {
  return typeof pattern === "string" ? path.includes(pattern) : path.search(pattern) >= 0;
}
