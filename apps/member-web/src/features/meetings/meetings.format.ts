import { dateOf, timeOf } from '@tongxin/ui'

type Window = { readonly opensAt: string; readonly closesAt: string }

/** Whether the code is taken now. */
export const isCheckInOpen = ({ opensAt, closesAt }: Window, now: number): boolean =>
  now >= Date.parse(opensAt) && now <= Date.parse(closesAt)

/** Date, weekday and clock times of a meeting in China: `11月23日周一 19:00–20:30`; the year only when it is another one. */
export function meetingTime(startsAt: string, endsAt: string, language: string, now: number): string {
  const isThisYear = dateOf(startsAt).slice(0, 4) === dateOf(now).slice(0, 4)
  const day = new Intl.DateTimeFormat(language, {
    ...(isThisYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    timeZone: 'Asia/Shanghai',
  }).format(new Date(startsAt))
  return `${day} ${timeOf(startsAt)}–${timeOf(endsAt)}`
}

const SIX_FIGURES = /^[0-9]{6}$/
const TOKEN = /^[0-9]{1,12}\.[A-Za-z0-9_-]{22}$/

export const isTypedCode = (text: string): boolean => SIX_FIGURES.test(text)

/** Meeting and code inside the address that the organiser's screen shows; null for any other code. */
export function scanOf(text: string): { meetingId: string; code: string } | null {
  if (!URL.canParse(text)) return null
  const { pathname, searchParams } = new URL(text)
  const meetingId = searchParams.get('m') ?? ''
  const code = searchParams.get('c') ?? ''
  return pathname === '/check-in' && meetingId !== '' && TOKEN.test(code) ? { meetingId, code } : null
}
