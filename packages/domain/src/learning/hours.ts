/** Hours of study are whole hundredths of a 学时, so that sums are exact. */
export const HUNDREDTHS = 100

/** Hundredths as people write them: 12.5, 0.25, 32. */
export function hoursText(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(hundredths) / HUNDREDTHS)
  const rest = String(Math.abs(hundredths) % HUNDREDTHS)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return `${sign}${whole}${rest ? `.${rest}` : ''}`
}
