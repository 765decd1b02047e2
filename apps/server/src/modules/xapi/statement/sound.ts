import { wrong } from './shape.ts'

/** Deeper than any record needs to be; functions that call themselves, here and in the database, end far below it. */
const MOST_DEPTH = 64

/** Whether the database takes a text: PostgreSQL stores neither U+0000 nor half a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

/**
 * Refuses what cannot be kept, wherever it stands in JSON of somebody else: texts that the database does not take, and
 * objects inside of each other without end. Asked before anything walks through it.
 */
export function soundAt(value: unknown, at: string, depth = 0): void {
  if (typeof value === 'string' && !isStorable(value)) wrong(at, 'wrong_format')
  if (typeof value !== 'object' || value === null) return
  if (depth >= MOST_DEPTH) wrong(at, 'too_large')
  for (const [name, inner] of Object.entries(value)) {
    if (!isStorable(name)) wrong(at, 'wrong_format')
    soundAt(inner, `${at}/${name}`, depth + 1)
  }
}
