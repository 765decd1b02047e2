const DAY_MS = 86_400_000

/** The calendar date of an instant in China, `YYYY-MM-DD`. */
export const dateOf = (instant: string | number | Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(instant))

/** Clock time of an instant in China, `HH:mm`. */
export const timeOf = (instant: string | number | Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  )

/** An instant as people read it: relative within a day, else date and time (Asia/Shanghai). */
export function whenText(instant: string, now: number, language: string): string {
  const apart = Date.parse(instant) - now
  if (Math.abs(apart) >= DAY_MS) return `${dateOf(instant)} ${timeOf(instant)}`
  const minutes = Math.round(apart / 60_000)
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return Math.abs(minutes) < 60 ? relative.format(minutes, 'minute') : relative.format(Math.round(minutes / 60), 'hour')
}

/** Whole days from one `YYYY-MM-DD` to another; negative when `to` is before `from`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
