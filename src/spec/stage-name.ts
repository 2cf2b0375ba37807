/** Longer names than git can keep in a file of its own are nobody's. */
export const maxNameCharacters = 1_000;

/** Of a model or of a stage, in GTO's grammar of tags. */
export const namePattern = "[a-zA-Z0-9](?:[a-zA-Z0-9\\-/_]*[a-zA-Z0-9])?";

const wholeName = new RegExp(`^${namePattern}$`);

export function isStageName(text: string): boolean {
  return text.length <= maxNameCharacters && wholeName.test(text);
}
