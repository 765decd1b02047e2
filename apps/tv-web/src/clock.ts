/** The clock of a set is often wrong, and its time of no zone: everything is reckoned by the server's. */
const KEPT = 'tongxin.tv.ahead'
/** Kept, so that a set that is switched on without a network still tells its airings by the right clock. */
let ahead = Number(localStorage.getItem(KEPT)) || 0

export function setServerTime(now: string): void {
  ahead = Date.parse(now) - Date.now()
  localStorage.setItem(KEPT, String(ahead))
}
export const serverNow = (): number => Date.now() + ahead
export const stamp = (): string => new Date(serverNow()).toISOString()

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))
/** Hours and minutes in Shanghai, which has one offset all the year. */
export function timeText(at: number): string {
  const local = new Date(at + 8 * 3_600_000)
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`
}
/** The time alone today, with its day otherwise. */
export function whenText(at: number): string {
  const dayOf = (one: number): string => new Date(one + 8 * 3_600_000).toISOString().slice(5, 10)
  return dayOf(at) === dayOf(serverNow()) ? timeText(at) : `${dayOf(at)} ${timeText(at)}`
}
export const lengthText = (seconds: number): string =>
  `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds % 60))}`
