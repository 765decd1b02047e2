import type { FormLanguage } from './forms.types.ts'

const ZONE = 'Asia/Shanghai'

type Parts = { year: string; month: string; day: string; hour: string; minute: string }
const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

function partsOf(instant: string): Parts {
  const found = Object.fromEntries(clock.formatToParts(new Date(instant)).map((part) => [part.type, part.value]))
  // Every key was asked for in the options above.
  return found as Parts
}

/** `2026-11-05` as 2026年11月5日 or 5 Nov 2026; absent stays empty. Anything that is not a date is printed as given. */
export function dateText(date: string | null, language: FormLanguage): string {
  if (date === null) return ''
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!match) return date
  if (language === 'zh-CN') return `${match[1]}年${Number(match[2])}月${Number(match[3])}日`
  const day = new Date(`${date}T00:00:00Z`)
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
    day,
  )
}

/** Registers print months and days compactly: 2026.11.05. */
export function shortDate(date: string | null): string {
  return date === null ? '' : date.replaceAll('-', '.')
}

/** The calendar day in Asia/Shanghai of an instant. */
export function dayOf(instant: string): string {
  const { year, month, day } = partsOf(instant)
  return `${year}-${month}-${day}`
}

/** An instant with minutes: 2026年11月5日 14:30. */
export function momentText(instant: string | null, language: FormLanguage): string {
  if (instant === null) return ''
  const { hour, minute } = partsOf(instant)
  return `${dateText(dayOf(instant), language)} ${hour}:${minute}`
}

export function clockText(instant: string | null): string {
  if (instant === null) return ''
  const { hour, minute } = partsOf(instant)
  return `${hour}:${minute}`
}

/** From one instant to another; the day is printed once when both fall on it. */
export function spanText(from: string, to: string | null, language: FormLanguage): string {
  if (to === null) return momentText(from, language)
  const end = dayOf(from) === dayOf(to) ? clockText(to) : momentText(to, language)
  return `${momentText(from, language)} – ${end}`
}
