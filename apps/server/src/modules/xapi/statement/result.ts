import {
  booleanAt,
  durationAt,
  extensionsAt,
  type Members,
  numberAt,
  objectAt,
  optional,
  textAt,
  wrong,
} from './shape.ts'

/** What came of it (4.2.2.4). */
export function resultAt(value: unknown, at: string): void {
  const result = objectAt(value, at, ['score', 'success', 'completion', 'response', 'duration', 'extensions'])
  optional(result, 'score', at, scoreAt)
  optional(result, 'success', at, booleanAt)
  optional(result, 'completion', at, booleanAt)
  optional(result, 'response', at, textAt)
  optional(result, 'duration', at, durationAt)
  optional(result, 'extensions', at, extensionsAt)
}

function scoreAt(value: unknown, at: string): void {
  const score = objectAt(value, at, ['scaled', 'raw', 'min', 'max'])
  for (const name of ['scaled', 'raw', 'min', 'max']) optional(score, name, at, numberAt)
  const { scaled, raw, min, max } = score as { scaled?: number; raw?: number; min?: number; max?: number }
  if (scaled !== undefined && (scaled < -1 || scaled > 1)) wrong(`${at}/scaled`, scaled < 0 ? 'too_small' : 'too_large')
  if (min !== undefined && max !== undefined && min >= max) wrong(`${at}/max`, 'too_small')
  if (raw !== undefined && min !== undefined && raw < min) wrong(`${at}/raw`, 'too_small')
  if (raw !== undefined && max !== undefined && raw > max) wrong(`${at}/raw`, 'too_large')
}

/** A statement for a comparison: beyond hundredths of a second two durations are the same (4.2.7). */
export function comparable(statement: Members): Members {
  const { result, object } = statement as { result?: Members; object?: Members }
  return {
    ...statement,
    ...(typeof result?.duration === 'string' ? { result: { ...result, duration: inHundredths(result.duration) } } : {}),
    ...(object?.objectType === 'SubStatement' ? { object: comparable(object) } : {}),
  }
}

const inHundredths = (duration: string): string => duration.replace(/(\.\d{2})\d+(?=S$)/, '$1')
