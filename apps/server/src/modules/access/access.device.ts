import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { PublicCtx } from '../../platform/ctx.ts'

/** People who share one device, at most: the last ones are remembered. */
const MOST_PEOPLE = 5
const DAYS = 180

const nameOf = (sessionCookie: string) => sessionCookie.replace('sid', 'did')
const markOf = (ctx: PublicCtx, device: string, personId: string) =>
  createHmac('sha256', ctx.vault.derive('device-cookie'))
    .update(`${device}\u2016${personId}`)
    .digest('base64url')
    .slice(0, 22)

function read(ctx: PublicCtx, cookieName: string): { device: string; marks: string[] } | null {
  const [device, ...marks] = (ctx.cookies[nameOf(cookieName)] ?? '').split('.')
  return device && /^[\w-]{22}$/.test(device) ? { device, marks: marks.slice(0, MOST_PEOPLE) } : null
}

/** The id of this device when the person has signed in on it before, else null. It proves nothing but that. */
export function knownDevice(ctx: PublicCtx, personId: string, cookieName: string): string | null {
  const kept = read(ctx, cookieName)
  if (!kept) return null
  const mine = Buffer.from(markOf(ctx, kept.device, personId))
  return kept.marks.some((mark) => mark.length === mine.length && timingSafeEqual(Buffer.from(mark), mine))
    ? kept.device
    : null
}

export function rememberDevice(ctx: PublicCtx, personId: string, cookieName: string): void {
  const kept = read(ctx, cookieName) ?? { device: randomBytes(16).toString('base64url'), marks: [] }
  const mine = markOf(ctx, kept.device, personId)
  const marks = [mine, ...kept.marks.filter((mark) => mark !== mine)].slice(0, MOST_PEOPLE)
  ctx.setCookie(nameOf(cookieName), [kept.device, ...marks].join('.'), DAYS * 86_400)
}
