import type { MeetingRow } from '@tongxin/contract/meetings'
import { dateOf, type LampState, timeOf } from '@tongxin/ui'

/** `2026-11-23 19:00–20:30` in China. */
export const spanOf = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): string =>
  `${dateOf(startsAt)} ${timeOf(startsAt)}–${timeOf(endsAt)}`

/** The lamp of a meeting's state; records that are late to file burn red. */
export function lampOf(row: Pick<MeetingRow, 'state' | 'unfiledDays'>): LampState {
  if (row.state === 'archived') return 'ok'
  if (row.state === 'cancelled') return 'idle'
  if (row.unfiledDays !== null && row.unfiledDays > 7) return 'late'
  if (row.state === 'record_pending' || row.state === 'awaiting_signatures') return 'warn'
  return 'info'
}

/** An instant from a day and a clock time in China (UTC+8 the whole year). Null while one of them is wrong. */
export function instantOf(day: string, clock: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) return null
  return new Date(`${day}T${clock}:00+08:00`).toISOString()
}

/** Per cent of those called who came, whole; null when nobody was called. */
export const rateOf = (called: number, present: number): number | null =>
  called === 0 ? null : Math.round((present * 100) / called)
