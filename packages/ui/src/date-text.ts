const FULL_WIDTH_ZERO = 0xff10

const halfWidth = (text: string) =>
  text.replace(/[０-９]/g, (digit) => String((digit.codePointAt(0) ?? FULL_WIDTH_ZERO) - FULL_WIDTH_ZERO))

/**
 * The date in what people type: 2026-3-5, 2026.3.5, 2026/3/5, 2026年3月5日, 20260305, also with full-width digits.
 * Returns `YYYY-MM-DD`, or null when it is no day of the calendar.
 */
export function dateInText(text: string): string | null {
  const plain = halfWidth(text).trim()
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    /^(\d{4})\s*[-./年－．／]\s*(\d{1,2})\s*[-./月－．／]\s*(\d{1,2})\s*日?$/.exec(plain)
  if (!parts) return null
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

/** The month in what people type: 2026-3, 2026.3, 2026/3, 2026年3月, 202603. Returns `YYYY-MM`, or null when it is none. */
export function monthInText(text: string): string | null {
  const plain = halfWidth(text).trim()
  const parts = /^(\d{4})(\d{2})$/.exec(plain) ?? /^(\d{4})\s*[-./年－．／]\s*(\d{1,2})\s*月?$/.exec(plain)
  const [year, month] = [Number(parts?.[1]), Number(parts?.[2])]
  return year >= 1000 && month >= 1 && month <= 12 ? `${year}-${String(month).padStart(2, '0')}` : null
}
