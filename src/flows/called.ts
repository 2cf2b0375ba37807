/** How an option is called where it was written, with its value or without: `--task binary` of a command line, in a workflow "`task: binary`". */
export type Called = (name: string, value?: string) => string;

/** A message that may begin with what an option is called. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
