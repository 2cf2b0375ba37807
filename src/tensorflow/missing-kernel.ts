/** The operation that the backend in use does not have, when that is what the error says; gradients are operations too. */
export function missingKernel(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return /kernel '(\w+)' (?:not registered )?for backend/i.exec(error.message)?.[1];
}
