import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * Structured logs to standard error. Only named, known-safe fields are ever logged: no body, no query string, no
 * address, no cookie; errors by code and stack, never by the values of a failed statement.
 */
export function openLog(level: string = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: safeError, req: () => undefined, res: () => undefined },
    },
    pino.destination({ fd: 2, sync: false }),
  )
}

/** Messages of database errors carry row values ("Key (phone)=(...)"), so only code, constraint and place are kept. */
function safeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const database = error as Error & { code?: string; constraint?: string; routine?: string }
  const fromDatabase = typeof database.code === 'string' && database.routine !== undefined
  return {
    type: error.name,
    code: database.code,
    constraint: database.constraint,
    message: fromDatabase ? undefined : error.message,
    stack: error.stack
      ?.split('\n')
      .slice(fromDatabase ? 1 : 0)
      .join('\n'),
  }
}
