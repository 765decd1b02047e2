import { sessionPort } from '../modules/access/index.ts'
import type { Pool } from '../platform/db.ts'
import type { SessionPort } from '../platform/session.ts'

/** Beyond so many texts (lists of different lengths) a statement is planned each time, as everywhere else. */
const MOST_TEXTS = 400

/**
 * Connections that plan each statement once: a year of meetings is the same hundred statements sixty thousand times over,
 * and planning them costs more than running them (PostgreSQL documentation, PREPARE).
 */
export function planningOnce(pool: Pool): Pool {
  const names = new Map<string, string>()
  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST_TEXTS) return known
    names.set(text, `demo${names.size}`)
    return names.get(text)
  }
  pool.on('connect', (client) => {
    const ask = client.query.bind(client) as (...given: unknown[]) => unknown
    const named = (text: unknown, values?: unknown, ...more: unknown[]) => {
      const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
      return name === undefined ? ask(text, values, ...more) : ask({ name, text, values }, ...more)
    }
    client.query = named as typeof client.query
  })
  return pool
}

/** Sessions that live for the minutes of the making need no sign of life with every request. */
export const sleepless: SessionPort = { ...sessionPort, touch: async () => {} }
