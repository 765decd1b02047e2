/** The part of a structured logger that start and stop need; pino satisfies it. Fields never hold personal data. */
export type RuntimeLog = {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** For listeners that must exist and have nothing to do. */
export function nothing(): void {
  // On purpose.
}

/** Says nothing: for tests and for commands whose output is a document. */
export const silentLog: RuntimeLog = { info: nothing, warn: nothing, error: nothing }

/** The reason inside anything thrown, for a person; a refused connection to several addresses has no message of its own. */
export function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
